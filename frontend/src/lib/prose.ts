/** A piece of plain text as it is set: a paragraph, or a list. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'bullets'; items: string[] }
  | { kind: 'numbers'; start: number; items: string[] };

const numbered = /^\s*(\d{1,3})[.)]\s+(.*)$/;
const bulleted = /^\s*[-–•]\s+(.*)$/;

/**
 * Reads plain text as people type it in minutes: empty lines part paragraphs, lines that begin with
 * a number or a dash make a list.
 */
export function readProse(text: string): Block[] {
  const blocks: Block[] = [];
  let open = false; // a further line goes on in the last block
  for (const line of text.split(/\r?\n/)) {
    const last = open ? blocks.at(-1) : undefined;
    const number = numbered.exec(line);
    const bullet = bulleted.exec(line);
    open = true;
    if (line.trim() === '') {
      open = false;
    } else if (number?.[2] !== undefined) {
      const item = number[2];
      if (last?.kind === 'numbers') last.items.push(item);
      else blocks.push({ kind: 'numbers', start: Number(number[1]), items: [item] });
    } else if (bullet?.[1] !== undefined) {
      const item = bullet[1];
      if (last?.kind === 'bullets') last.items.push(item);
      else blocks.push({ kind: 'bullets', items: [item] });
    } else if (last?.kind === 'paragraph') {
      last.text += `\n${line.trim()}`;
    } else if (last) {
      last.items.push(`${last.items.pop() ?? ''} ${line.trim()}`);
    } else {
      blocks.push({ kind: 'paragraph', text: line.trim() });
    }
  }
  return blocks;
}
