import { Link, type LinkProps } from '@tanstack/react-router';
import { useId, type ReactNode, type Ref } from 'react';
import { useLang, useTexts } from '../i18n';
import { formatDate, formatPrecise, type DatePrecision, type ISODate } from '../lib/dates';

interface SectionProps {
  title: ReactNode;
  /** Beside the title: a link to all of it, or a note. */
  aside?: ReactNode;
  /** Depth of the heading; 2 unless it lies within another section. */
  level?: 2 | 3;
  /** For links to this place of the page. */
  id?: string;
  /** Where the focus goes to the heading. */
  headingRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

/** A section opens with a rule in ink, not with a box. It is named by its heading. */
export function Section({ title, aside, level = 2, id, headingRef, children }: SectionProps) {
  const heading = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section aria-labelledby={heading} id={id}>
      <div className="sec-h">
        <Heading id={heading} ref={headingRef} tabIndex={headingRef ? -1 : undefined}>
          {title}
        </Heading>
        {aside && <span className="meta">{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/** The page's matter with a narrower column beside it, which goes below under 64 em. */
export function SideColumn({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className="two">
      <div className="stack">{children}</div>
      <aside className="stack">{side}</aside>
    </div>
  );
}

/** The way from the front page to here; the page itself is not part of it. */
export function Breadcrumb({ items }: { items: readonly { label: string; link: LinkProps }[] }) {
  const t = useTexts().ui;
  return (
    <nav className="crumb" aria-label={t.breadcrumb}>
      <ol className="crumbs">
        {items.map(({ label, link }) => (
          <li key={label}>
            <Link {...link}>{label}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Names and values in two columns. */
export function KeyValues({ items }: { items: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="kv">
      {items.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A remark in the text, with a rule at its edge that says how grave it is. */
export function Note({ tone, children }: { tone?: 'late' | 'soon'; children: ReactNode }) {
  return <div className={tone ? `note ${tone}` : 'note'}>{children}</div>;
}

interface DateTextProps {
  date: ISODate | null | undefined;
  precision?: DatePrecision;
  weekday?: boolean;
  /** Without the year. */
  short?: boolean;
}

/** A calendar date in the page's language, or a dash where there is none. */
export function DateText({ date, precision = 'day', weekday, short }: DateTextProps) {
  const lang = useLang();
  if (!date) return '–';
  return (
    <time className="nb" dateTime={date}>
      {precision === 'day'
        ? formatDate(date, lang, { weekday, short })
        : formatPrecise(date, precision, lang)}
    </time>
  );
}
