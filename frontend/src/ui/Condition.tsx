import { Link, type LinkProps } from '@tanstack/react-router';
import { useId, type CSSProperties, type ReactNode } from 'react';
import { useLang, useTexts } from '../i18n';
import { formatNumber } from '../lib/numbers';
import { useTip } from './useTip';

/** The eight conditions, in the order in which they ask for attention. */
export const conditions = [
  'late',
  'stale',
  'due_soon',
  'on_time',
  'not_started',
  'paused',
  'done',
  'cancelled',
] as const;

export type ConditionValue = (typeof conditions)[number];

const classes: Record<ConditionValue, string> = {
  late: 'c-late',
  stale: 'c-stale',
  due_soon: 'c-soon',
  on_time: 'c-ok',
  not_started: 'c-plan',
  paused: 'c-pause',
  done: 'c-done',
  cancelled: 'c-cancel',
};

const ring = { cx: 8, cy: 8, r: 6.25, strokeWidth: 1.5 };

const signs: Record<ConditionValue, ReactNode> = {
  late: (
    <>
      <path d="M8 .6L15.4 8 8 15.4.6 8z" fill="var(--late)" />
      <path d="M8 4v5" stroke="#fff" strokeWidth="1.75" />
      <circle cx="8" cy="11.3" r="1.05" fill="#fff" />
    </>
  ),
  stale: (
    <>
      <circle {...ring} fill="#fff" stroke="var(--ink)" strokeDasharray="2.6 2.3" />
      <path
        d="M6.3 6.4c.2-1 .9-1.5 1.8-1.5s1.7.6 1.7 1.5c0 1.3-1.7 1.3-1.7 2.7"
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.3"
      />
      <circle cx="8.1" cy="11" r=".85" fill="var(--ink)" />
    </>
  ),
  due_soon: (
    <>
      <circle {...ring} fill="var(--soon)" stroke="var(--ink)" />
      <path d="M8 4.2V8l2.6 1.8" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
    </>
  ),
  on_time: (
    <>
      <circle {...ring} fill="none" stroke="var(--ok)" />
      <circle cx="8" cy="8" r="2.75" fill="var(--ok)" />
    </>
  ),
  not_started: <circle {...ring} fill="none" stroke="var(--calm)" />,
  paused: <path d="M5 2.5v11M11 2.5v11" stroke="var(--calm)" strokeWidth="2.5" />,
  done: (
    <>
      <circle cx="8" cy="8" r="7" fill="var(--ok)" />
      <path d="M4.6 8.2l2.4 2.4 4.4-4.9" fill="none" stroke="#fff" strokeWidth="1.75" />
    </>
  ),
  cancelled: (
    <>
      <circle {...ring} fill="none" stroke="var(--calm)" />
      <path d="M3.6 12.4l8.8-8.8" stroke="var(--calm)" strokeWidth="1.5" />
    </>
  ),
};

/** The sign alone; only beside a word, or with hidden text. */
export function ConditionSign({ value }: { value: ConditionValue }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      {signs[value]}
    </svg>
  );
}

/** Sign and word. Only late, stale and due soon have a background: attention belongs to them. */
export function Condition({ value }: { value: ConditionValue }) {
  const t = useTexts().ui;
  return (
    <span className={`c ${classes[value]}`}>
      <ConditionSign value={value} />
      {t.conditions[value]}
    </span>
  );
}

/** Beside a condition: it waits for something that is late. The sign of late, not yet filled. */
export function AtRisk() {
  const t = useTexts().ui;
  return (
    <span className="c c-risk">
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path
          d="M8 1.6L14.4 8 8 14.4 1.6 8z"
          fill="none"
          stroke="var(--late)"
          strokeWidth="1.5"
          strokeDasharray="3.2 1.9"
        />
      </svg>
      {t.atRisk}
    </span>
  );
}

export interface StripItem {
  id: string;
  value: ConditionValue;
  /** What the sign stands for, such as "8 Title of the action". */
  name: string;
  link: LinkProps;
}

/** One sign per thing, each a link of 24 px. Stands only beside a heading that names the row. */
export function ConditionStrip({ items, explain }: ConditionStripProps) {
  return (
    <span className="strip">
      {items.map((item) => (
        <StripSign key={item.id} item={item} explain={explain} />
      ))}
    </span>
  );
}

interface ConditionStripProps {
  items: readonly StripItem[];
  /** Why the condition of one is what it is; asked for when the pointer or the focus is on it. */
  explain?: (item: StripItem) => ReactNode;
}

function StripSign({ item, explain }: Pick<ConditionStripProps, 'explain'> & { item: StripItem }) {
  const t = useTexts().ui;
  const { open, frame, trigger } = useTip();
  const id = useId();
  const text = `${item.name}: ${t.conditions[item.value]}`;
  const sign = (
    <>
      <ConditionSign value={item.value} />
      <span className="vh">{text}</span>
    </>
  );
  if (!explain) {
    return (
      <Link {...item.link} title={text}>
        {sign}
      </Link>
    );
  }
  return (
    <span className="cw" {...frame}>
      <Link {...item.link} {...trigger} aria-describedby={open ? id : undefined}>
        {sign}
      </Link>
      {open && (
        <span role="tooltip" id={id}>
          <span className="cw-name">{item.name}</span> {explain(item)}
        </span>
      )}
    </span>
  );
}

export interface ConditionCount {
  value: ConditionValue;
  count: number;
  /** To the rows behind the number. */
  link: LinkProps;
}

/** How many things are in each condition, where there are too many for a sign each. */
export function ConditionCounts({ counts }: { counts: readonly ConditionCount[] }) {
  const t = useTexts().ui;
  const lang = useLang();
  return (
    <ul className="strip-n">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ value, count, link }) => (
          <li key={value}>
            <Link {...link} title={t.conditions[value]}>
              <ConditionSign value={value} />
              {formatNumber(count, lang)} <span className="vh">{t.conditions[value]}</span>
            </Link>
          </li>
        ))}
    </ul>
  );
}

/**
 * The counts as one bar in proportion, and below it each number as a link to its rows. The bar
 * repeats the numbers for the eye and is hidden from screen readers; zeros are left out.
 */
export function ConditionBar({ counts }: { counts: readonly ConditionCount[] }) {
  const t = useTexts().ui;
  const lang = useLang();
  const shown = counts.filter(({ count }) => count > 0);
  return (
    <>
      <div className="kk-bar" aria-hidden="true">
        {shown.map(({ value, count }) => (
          <i key={value} className={`kk-${value}`} style={{ '--n': count } as CSSProperties} />
        ))}
      </div>
      <ul className="kk-leg" style={{ '--cols': shown.length } as CSSProperties}>
        {shown.map(({ value, count, link }) => (
          <li key={value}>
            <Link {...link}>
              <b>{formatNumber(count, lang)}</b>
              <span>
                <ConditionSign value={value} />
                {t.conditions[value]}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
