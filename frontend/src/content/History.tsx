import { useQuery } from '@tanstack/react-query';
import { historyQuery, type AuditEntry } from '../api/audit';
import { usePartyLooks } from '../api/parties';
import { T, useLang, useTexts } from '../i18n';
import { useAsOf } from '../lib/asOf';
import { formatDate, dateOf, formatTime } from '../lib/dates';
import { DataTable } from '../ui/DataTable';
import { BetweenLink } from '../ui/BetweenLink';
import { Section } from '../ui/layout';
import { Who } from '../ui/PartyMark';
import { EmptyState, Loaded } from '../ui/states';
import { changeLines, word } from './changes';
import './content.css';

interface HistoryProps {
  kind: string;
  id: string;
  /** Version of the thing now. */
  version: number;
  limit?: number;
}

/** Where a thing of a kind is read in the API. */
const paths: Record<string, string> = {
  goal: '/goals',
  plan: '/plans',
  chain: '/chains',
  reporting_round: '/reporting-rounds',
};

/** What has changed in one thing, from the log: when, who, old and new value, why. */
export function History({ kind, id, version, limit = 10 }: HistoryProps) {
  const t = useTexts().content;
  const asOf = useAsOf();
  const history = useQuery(historyQuery(kind, id, limit, asOf));
  return (
    <Section
      title={t.history}
      aside={
        <>
          {t.version(version)}
          {paths[kind] && (
            <>
              {' · '}
              <BetweenLink path={`${paths[kind]}/${id}`} query={{ asOf }} />
            </>
          )}
        </>
      }
    >
      <Loaded query={history}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t.noHistory} />
          ) : (
            <DataTable
              caption={t.changes}
              className="lg"
              columns={[
                { key: 'when', header: t.when, render: (entry) => <When entry={entry} /> },
                {
                  key: 'who',
                  header: t.who,
                  className: 'lg-who',
                  render: (entry) => <Actor entry={entry} />,
                },
                {
                  key: 'what',
                  header: t.what,
                  kind: 'name',
                  render: (entry) => <What entry={entry} />,
                },
              ]}
              groups={[{ key: 'all', rows: items }]}
              rowKey={(entry) => entry.id}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

/** The instant of an entry, as the clock in Helsinki tells it. */
export function When({ entry }: { entry: AuditEntry }) {
  const lang = useLang();
  return (
    <time dateTime={entry.at}>
      <span className="nb">{formatDate(dateOf(entry.at), lang)}</span> {formatTime(entry.at, lang)}
    </time>
  );
}

/** In which post and party somebody acted; never the person. */
export function Actor({ entry }: { entry: AuditEntry }) {
  const t = useTexts().content;
  const look = usePartyLooks(useLang());
  if (entry.origin === 'operator') return t.system;
  if (entry.origin === 'import') {
    if (!entry.post) return t.imported;
    return (
      <>
        <Who party={look(entry.partyId)}>
          <T text={entry.post.title} />
        </Who>
        <span className="meta df">{t.imported}</span>
      </>
    );
  }
  return (
    <>
      <Who party={look(entry.partyId)}>{entry.post ? <T text={entry.post.title} /> : t.noPost}</Who>
      {entry.program && (
        <span className="meta df">
          {entry.program.name ? t.byProgramNamed(entry.program.name) : t.byProgram}
        </span>
      )}
    </>
  );
}

/** How many fields an entry shows before the rest is asked for. */
const shown = 3;

function What({ entry }: { entry: AuditEntry }) {
  const texts = useTexts();
  const t = texts.content;
  const lang = useLang();
  const lines = changeLines(entry, texts, lang);
  const created = entry.version === 1 && lines.length > 0;
  const part = entry.parent ? `${word(t.kinds, entry.subject.kind) ?? entry.subject.kind}: ` : '';
  const list = (from: typeof lines) => (
    <ul className="chg">
      {from.map((line) => (
        <li key={line.key}>
          {line.field} {line.secret && t.changedSecretly}
          {line.old !== undefined && <del>{line.old}</del>} {line.new ?? t.empty}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {part}
      {created ? (
        <>
          {t.created}
          {lines.length > 0 && (
            <details>
              <summary>{t.moreChanges(lines.length)}</summary>
              {list(lines)}
            </details>
          )}
        </>
      ) : (
        <>
          {list(lines.slice(0, shown))}
          {lines.length > shown && (
            <details>
              <summary>{t.moreChanges(lines.length - shown)}</summary>
              {list(lines.slice(shown))}
            </details>
          )}
          {lines.length === 0 && (
            <span className="df cap">{word(t.permissions, entry.permission)}</span>
          )}
        </>
      )}
      {entry.withheld && <p className="meta">{t.withheld}</p>}
      {entry.reason && (
        <p className="meta">
          {t.reason}: {entry.reason}
        </p>
      )}
    </>
  );
}
