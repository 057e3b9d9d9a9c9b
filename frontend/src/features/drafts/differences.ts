import type { Draft } from '../../api/drafts';
import { changeLines, word } from '../../content/changes';
import type { Texts } from '../../i18n';
import type { Lang } from '../../lib/lang';
import { localised } from '../../lib/text';

/** One line of what differs: as it is published, and as it is drafted. */
export interface DifferenceLine {
  key: string;
  label: string;
  published: string;
  drafted: string;
}

/** What the lists of a content hold. */
const items: Record<string, 'stage' | 'handover'> = { stages: 'stage', handovers: 'handover' };

/** The differences of a draft in words, a text in several languages as one line for each. */
export function differenceLines(
  draft: Pick<Draft, 'differences' | 'labels'>,
  texts: Texts,
  lang: Lang,
): DifferenceLine[] {
  const t = texts.drafts;
  return draft.differences.flatMap((difference, index) => {
    const { field, list, place, title, old, new: next } = difference;
    const of = list ? items[list] : undefined;
    const name = localised(title, lang).value;
    const kind = of ? texts.content.kinds[of] : (word(texts.content.fields, list ?? '') ?? list);
    const where =
      list === undefined || kind === undefined
        ? ''
        : name
          ? t.place(kind, place ?? 0, name)
          : `${kind} ${place ?? 0}`;
    const lines = changeLines(
      { changes: [{ field: field ?? list ?? '', old, new: next }], labels: draft.labels },
      texts,
      lang,
    );
    return lines.map((line) => ({
      key: `${index} ${line.key}`,
      label:
        field === undefined
          ? `${where} (${old === undefined ? t.added : t.removed})`
          : field in items && list === undefined && old !== undefined && next !== undefined
            ? capital(t.order(line.field))
            : where
              ? `${where}: ${line.field}`
              : capital(line.field),
      published: line.old ?? '',
      drafted: line.new ?? '',
    }));
  });
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
