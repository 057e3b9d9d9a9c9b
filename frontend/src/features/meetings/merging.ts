import { languages, type Lang } from '../../lib/lang';
import { clashes, mergeText, same, settleText, type Choice, type Part } from '../../lib/merge';
import { itemTexts, type ItemBody } from './forms';

type TextName = (typeof itemTexts)[number];

/** A text of an item that both sides changed, paragraph by paragraph. */
export interface TextMerge {
  name: TextName;
  lang: Lang;
  parts: Part[];
}

/** Another field that both sides changed: one of the two stays. */
export interface FieldMerge {
  key: Exclude<keyof ItemBody, TextName>;
}

/** Two versions of an item put together, and what somebody must choose. */
export interface ItemMerge {
  /** With mine where it clashes, until it is settled. */
  body: ItemBody;
  theirs: ItemBody;
  texts: TextMerge[];
  fields: FieldMerge[];
}

/** Merges what was typed here with what is saved, both made from the same base. */
export function mergeItem(mine: ItemBody, base: ItemBody, theirs: ItemBody): ItemMerge {
  const body = { ...theirs };
  const merged: ItemMerge = { body, theirs, texts: [], fields: [] };
  for (const key of Object.keys(mine) as (keyof ItemBody)[]) {
    if (isText(key)) {
      body[key] = { ...theirs[key] };
      for (const lang of languages) {
        const parts = mergeText(
          mine[key][lang] ?? '',
          base[key][lang] ?? '',
          theirs[key][lang] ?? '',
        );
        const open = clashes(parts).length > 0;
        body[key][lang] = open ? (mine[key][lang] ?? '') : settleText(parts, []);
        if (open) merged.texts.push({ name: key, lang, parts });
      }
      continue;
    }
    if (same(mine[key], base[key])) continue;
    if (!same(theirs[key], base[key]) && !same(mine[key], theirs[key])) merged.fields.push({ key });
    Object.assign(body, { [key]: mine[key] });
  }
  return merged;
}

export const isClean = (merge: ItemMerge): boolean =>
  merge.texts.length === 0 && merge.fields.length === 0;

/** The item with every clash settled: texts by their choices, fields by side. */
export function settleItem(
  merge: ItemMerge,
  texts: readonly (readonly Choice[])[],
  fields: readonly Choice[],
): ItemBody {
  const body = { ...merge.body };
  merge.texts.forEach(({ name, lang, parts }, index) => {
    body[name] = { ...body[name], [lang]: settleText(parts, texts[index] ?? []) };
  });
  merge.fields.forEach(({ key }, index) => {
    if (fields[index] === 'theirs') Object.assign(body, { [key]: merge.theirs[key] });
  });
  return body;
}

function isText(key: keyof ItemBody): key is TextName {
  return itemTexts.some((name) => name === key);
}
