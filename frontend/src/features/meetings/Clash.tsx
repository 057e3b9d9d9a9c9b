import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../../i18n';
import { clashes, type Choice, type Clash as ParagraphClash } from '../../lib/merge';
import { Button } from '../../ui/Button';
import { markWords } from '../../ui/markWords';
import { Segments } from '../../ui/Segments';
import { describeItem, type ItemBody } from './forms';
import { settleItem, type ItemMerge } from './merging';

interface ItemClashProps {
  merge: ItemMerge;
  /** Whose version is saved, and when. */
  savedBy?: ReactNode;
  saving: boolean;
  onSettle: (body: ItemBody) => void;
}

/**
 * What two people wrote at the same time, where both changed the same paragraph: both are shown,
 * and one chooses paragraph by paragraph. What only one changed has been put together already.
 */
export function ItemClash({ merge, savedBy, saving, onSettle }: ItemClashProps) {
  const texts = useTexts();
  const t = texts.meetings.clash;
  const panel = useRef<HTMLDivElement>(null);
  const lead = useId();
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({});
  useEffect(() => panel.current?.focus(), []);
  const mine = describeItem(merge.body, texts);
  const theirs = describeItem(merge.theirs, texts);
  const labelOf = (key: string) => mine.find((field) => field.key === key)?.label ?? key;
  const choose = (key: string) => (choice: Choice) => setChosen({ ...chosen, [key]: choice });
  const settle = () =>
    onSettle(
      settleItem(
        merge,
        merge.texts.map(({ name, lang, parts }) =>
          clashes(parts).map((_, n) => chosen[`${name}/${lang}/${n}`] ?? 'both'),
        ),
        merge.fields.map(({ key }) => chosen[key] ?? 'mine'),
      ),
    );
  return (
    <div
      className="conf"
      role="alertdialog"
      aria-label={texts.ui.conflict.label}
      aria-describedby={lead}
      ref={panel}
      tabIndex={-1}
    >
      <p id={lead}>
        <b>{t.lead}</b> {t.text} {savedBy}
      </p>
      {merge.texts.map(({ name, lang, parts }) =>
        clashes(parts).map((clash, n) => {
          const key = `${name}/${lang}/${n}`;
          return (
            <Paragraph
              key={key}
              label={labelOf(`${name}/${lang}`)}
              lang={lang}
              clash={clash}
              value={chosen[key] ?? 'both'}
              onChange={choose(key)}
            />
          );
        }),
      )}
      {merge.fields.map(({ key }) => {
        const text = (from: typeof mine) => from.find((field) => field.key === key)?.text ?? '';
        return (
          <Paragraph
            key={key}
            label={labelOf(key)}
            clash={{ mine: text(mine), base: '', theirs: text(theirs) }}
            value={chosen[key] ?? 'mine'}
            onChange={choose(key)}
            one
          />
        );
      })}
      <p className="btns">
        <Button small onClick={settle} aria-disabled={saving}>
          {t.settle}
        </Button>
      </p>
    </div>
  );
}

interface ParagraphProps {
  label: string;
  lang?: string;
  clash: ParagraphClash;
  value: Choice;
  onChange: (choice: Choice) => void;
  /** Not both: it is no text. */
  one?: boolean;
}

function Paragraph({ label, lang, clash, value, onChange, one }: ParagraphProps) {
  const texts = useTexts();
  const t = texts.meetings.clash;
  const { mine, theirs } = clash;
  return (
    <div className="clash">
      <div className="cf2">
        <div>
          <h3>{texts.ui.conflict.yours}</h3>
          <p className="cft" lang={lang}>
            {mine ? markWords(theirs, mine) : <i>{t.removed}</i>}
          </p>
        </div>
        <div>
          <h3>{texts.ui.conflict.saved}</h3>
          <p className="cft" lang={lang}>
            {theirs ? markWords(mine, theirs) : <i>{t.removed}</i>}
          </p>
        </div>
      </div>
      <Segments
        small
        label={label}
        value={value}
        options={(one ? (['mine', 'theirs'] as const) : (['both', 'mine', 'theirs'] as const)).map(
          (choice) => ({ value: choice, label: t[choice] }),
        )}
        onChange={onChange}
      />
    </div>
  );
}
