import type { Post } from '../../api/posts';
import type { Unit } from '../../api/units';
import type { LocalisedText } from '../../lib/text';

/** A unit with what is in it. */
export interface UnitNode {
  unit: Unit;
  posts: Post[];
  below: UnitNode[];
}

/**
 * The unit tree of a party. A unit whose parent is not in the list (it has ended, or does not
 * match) stands at the top.
 */
export function unitTree(
  units: readonly Unit[],
  posts: readonly Post[],
  partyId: string,
): UnitNode[] {
  const nodes = new Map<string, UnitNode>();
  for (const unit of units) {
    if (unit.partyId === partyId) nodes.set(unit.id, { unit, posts: [], below: [] });
  }
  for (const post of posts) nodes.get(post.unitId)?.posts.push(post);
  const top: UnitNode[] = [];
  for (const node of nodes.values()) {
    const above = node.unit.parentId ? nodes.get(node.unit.parentId) : undefined;
    (above?.below ?? top).push(node);
  }
  return top;
}

/**
 * What of the trees a search leaves: each word is a part of the post's title or of the name of
 * a unit above it, in any language. Units stay where something in them does, and where their own
 * name matches.
 */
export function searchTree(nodes: readonly UnitNode[], query: string): UnitNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...nodes];
  const left = (open: readonly string[], text: LocalisedText) => {
    const all = [text.fi, text.sv, text.en].join(' ').toLowerCase();
    return open.filter((word) => !all.includes(word));
  };
  const walk = (node: UnitNode, open: readonly string[]): UnitNode | undefined => {
    const rest = left(open, node.unit.name);
    const posts = node.posts.filter((post) => left(rest, post.title).length === 0);
    const below = node.below.flatMap((child) => walk(child, rest) ?? []);
    return posts.length > 0 || below.length > 0 || rest.length === 0
      ? { unit: node.unit, posts, below }
      : undefined;
  };
  return nodes.flatMap((node) => walk(node, words) ?? []);
}

/** How many units and posts the trees hold. */
export function countTree(nodes: readonly UnitNode[]): { units: number; posts: number } {
  let units = 0;
  let posts = 0;
  for (const node of nodes) {
    const below = countTree(node.below);
    units += 1 + below.units;
    posts += node.posts.length + below.posts;
  }
  return { units, posts };
}
