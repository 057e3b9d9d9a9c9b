import { useState } from 'react';
import type { AuditEntry } from '../../api/audit';
import { changeLines, word, type ChangeLine } from '../../content/changes';
import { Actor, When } from '../../content/History';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { dateOf } from '../../lib/dates';
import { Button } from '../../ui/Button';
import { useNarrow } from '../../ui/useNarrow';

/** How many fields an entry shows before the rest is asked for. */
const shownFields = 4;

/** Entries of the log: a table where there is room, a list where there is not. */
export function LogTable({ entries }: { entries: readonly AuditEntry[] }) {
  return useNarrow() ? <AsList entries={entries} /> : <AsTable entries={entries} />;
}

function AsTable({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useTexts().content;
  return (
    <table className="t lg log">
      <caption className="vh">{t.changes}</caption>
      <thead>
        <tr>
          <th scope="col" className="no">
            {useTexts().log.no}
          </th>
          <th scope="col">{t.when}</th>
          <th scope="col">{t.who}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">{useTexts().log.field}</th>
          <th scope="col">{t.old}</th>
          <th scope="col">{t.new}</th>
          <th scope="col">{t.reason}</th>
        </tr>
      </thead>
      {entries.map((entry) => (
        <Rows key={entry.id} entry={entry} />
      ))}
    </table>
  );
}

function Rows({ entry }: { entry: AuditEntry }) {
  const { lines, rest, more } = useLines(entry);
  const height = Math.max(lines.length, 1) + (rest > 0 || entry.withheld ? 1 : 0);
  return (
    <tbody>
      <tr>
        <td className="no" rowSpan={height}>
          {entry.id}
        </td>
        <td rowSpan={height}>
          <When entry={entry} />
        </td>
        <td rowSpan={height}>
          <Actor entry={entry} />
        </td>
        <th scope="rowgroup" rowSpan={height}>
          <Subject entry={entry} />
        </th>
        <Line line={lines[0]} />
        <td rowSpan={height}>
          <Why entry={entry} />
        </td>
      </tr>
      {lines.slice(1).map((line) => (
        <tr key={line.key} className="same">
          <Line line={line} />
        </tr>
      ))}
      {(rest > 0 || entry.withheld) && (
        <tr className="same">
          <td colSpan={3}>
            <Rest entry={entry} rest={rest} more={more} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Line({ line }: { line: ChangeLine | undefined }) {
  const t = useTexts().content;
  if (!line) return <td colSpan={3}>–</td>;
  return (
    <>
      <td className="meta">{line.field}</td>
      <td>{line.old === undefined ? '–' : <del>{line.old}</del>}</td>
      <td>{line.secret ? t.changedSecretly : line.new === undefined ? '–' : <b>{line.new}</b>}</td>
    </>
  );
}

function AsList({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useTexts().content;
  return (
    <ul className="tl lg" aria-label={t.changes}>
      {entries.map((entry) => (
        <Item key={entry.id} entry={entry} />
      ))}
    </ul>
  );
}

function Item({ entry }: { entry: AuditEntry }) {
  const t = useTexts().content;
  const { lines, rest, more } = useLines(entry);
  return (
    <li>
      <p className="meta">
        {t.entryNo(entry.id)} · <When entry={entry} />
      </p>
      <div className="tl-name">
        <span>
          <Subject entry={entry} />
        </span>
      </div>
      <p>
        <Actor entry={entry} />
      </p>
      <ul className="chg">
        {lines.map((line) => (
          <li key={line.key}>
            {line.field}: {line.secret && t.changedSecretly}
            {line.old !== undefined && <del>{line.old}</del>}{' '}
            {line.new !== undefined && <b>{line.new}</b>}
          </li>
        ))}
      </ul>
      <Rest entry={entry} rest={rest} more={more} />
      <Why entry={entry} />
    </li>
  );
}

function useLines(entry: AuditEntry) {
  const texts = useTexts();
  const lang = useLang();
  const [open, setOpen] = useState(false);
  const all = changeLines(entry, texts, lang);
  const lines = open ? all : all.slice(0, shownFields);
  return { lines, rest: all.length - lines.length, more: () => setOpen(true) };
}

interface RestProps {
  entry: AuditEntry;
  rest: number;
  more: () => void;
}

function Rest({ entry, rest, more }: RestProps) {
  const t = useTexts().content;
  return (
    <>
      {rest > 0 && (
        <Button variant="quiet" small onClick={more}>
          {t.moreChanges(rest)}
        </Button>
      )}
      {entry.withheld && <span className="meta">{t.withheld}</span>}
    </>
  );
}

/** What the entry is about, as a link to it, and to its state at the end of that day. */
function Subject({ entry }: { entry: AuditEntry }) {
  const t = useTexts().content;
  const { kind, no, title, path } = entry.subject;
  const name = `${word(t.kinds, kind) ?? kind}${no ? ` ${no}` : ''}`;
  return (
    <>
      {path ? (
        <PathLink className="q" path={path}>
          {name}
        </PathLink>
      ) : (
        name
      )}
      <span className="meta df">
        <T text={title} />
      </span>
      {path && (
        <span className="meta df">
          <PathLink path={path} asOf={dateOf(entry.at)}>
            {t.stateThen}
          </PathLink>
        </span>
      )}
    </>
  );
}

function Why({ entry }: { entry: AuditEntry }) {
  const t = useTexts().content;
  return (
    <>
      {entry.reason}
      <span className="meta df">
        {t.right}: {word(t.permissions, entry.permission) ?? entry.permission}
      </span>
    </>
  );
}
