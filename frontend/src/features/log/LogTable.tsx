import { useState } from 'react';
import type { AuditEntry } from '../../api/audit';
import { changeLines, word } from '../../content/changes';
import { Actor, When } from '../../content/History';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { dateOf } from '../../lib/dates';
import { Button } from '../../ui/Button';
import { useMedia } from '../../ui/useNarrow';

/** How many fields an entry shows before the rest is asked for. */
const shownFields = 4;

/** The table has eight columns; on paper it stays one. */
const tooNarrow = 'screen and (max-width: 73.9375em)';

/** Entries of the log: a table where there is room, a list where there is not. */
export function LogTable({ entries }: { entries: readonly AuditEntry[] }) {
  return useMedia(tooNarrow) ? <AsList entries={entries} /> : <AsTable entries={entries} />;
}

function AsTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { content: t, log } = useTexts();
  return (
    <table className="t lg log">
      <caption className="vh">{t.changes}</caption>
      <thead>
        <tr>
          <th scope="col" className="no">
            {log.no}
          </th>
          <th scope="col">{t.when}</th>
          <th scope="col">{t.who}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">
            <span className="log-line">
              <span>{log.field}</span>
              <span>{t.old}</span>
              <span>{t.new}</span>
            </span>
          </th>
          <th scope="col">{t.reason}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td className="no">{entry.id}</td>
            <td>
              <When entry={entry} />
              <StateThen entry={entry} />
            </td>
            <td>
              <Actor entry={entry} />
            </td>
            <th scope="row">
              <Subject entry={entry} />
            </th>
            <td>
              <Changes entry={entry} />
            </td>
            <td>
              <Why entry={entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AsList({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useTexts().content;
  return (
    <ul className="tl lg" aria-label={t.changes}>
      {entries.map((entry) => (
        <li key={entry.id}>
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
          <Changes entry={entry} />
          <Why entry={entry} />
          <StateThen entry={entry} />
        </li>
      ))}
    </ul>
  );
}

/** Old and new value of each field; of what was created only that, until asked for. */
function Changes({ entry }: { entry: AuditEntry }) {
  const texts = useTexts();
  const t = texts.content;
  const lang = useLang();
  const [open, setOpen] = useState(false);
  const all = changeLines(entry, texts, lang);
  const created = entry.version === 1 && all.length > 1;
  const lines = open ? all : all.slice(0, created ? 0 : shownFields);
  return (
    <>
      {created && !open && <p>{t.created}</p>}
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line.key} className="log-line">
              <span className="meta">{line.field}</span>
              <span>
                <span className="vh">{t.old}: </span>
                {line.old === undefined ? '–' : <del>{line.old}</del>}
              </span>
              <span>
                <span className="vh">{t.new}: </span>
                {line.secret ? t.changedSecretly : line.new ? <b>{line.new}</b> : '–'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {all.length > lines.length && (
        <Button variant="quiet" small className="log-more" onClick={() => setOpen(true)}>
          {t.moreChanges(all.length - lines.length)}
        </Button>
      )}
      {entry.withheld && <p className="meta">{t.withheld}</p>}
    </>
  );
}

/** What the entry is about, as a link to it. */
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
    </>
  );
}

/** To the state of the subject at the end of the entry's day. */
function StateThen({ entry }: { entry: AuditEntry }) {
  const t = useTexts().content;
  if (!entry.subject.path) return null;
  return (
    <span className="meta df">
      <PathLink path={entry.subject.path} asOf={dateOf(entry.at)}>
        {t.stateThen}
      </PathLink>
    </span>
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
