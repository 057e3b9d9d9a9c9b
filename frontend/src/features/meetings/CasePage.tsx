import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { usePartyLooks } from '../../api/parties';
import { PathLink } from '../../content/PathLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { FileLinks } from '../../ui/FileLinks';
import { PageHead } from '../../ui/Page';
import { Section } from '../../ui/layout';
import { PartyMark } from '../../ui/PartyMark';
import { Loaded } from '../../ui/states';
import { caseQuery, type Case } from './caseQueries';
import { OutcomeCard } from './Outcomes';
import { itemNo } from './words';

/** Every handling of one case, in the bodies of both parties, in the order of time. */
export function CasePage() {
  const t = useTexts().agenda.case;
  const { party, id, _splat } = useParams({ strict: false });
  const asOf = useAsOf();
  const found = useQuery(
    caseQuery(id ? { itemId: id } : { party: party ?? '', registryNo: _splat ?? '' }, asOf),
  );
  return (
    <div className="pg-meeting">
      <PageHead
        title={_splat ? `${t.title}: ${_splat}` : t.title}
        lead={found.data && t.lead(found.data.handlings.length)}
        actions={!id && <FileLinks path="/cases" query={{ party, registryNo: _splat, asOf }} />}
      />
      <Loaded query={found} loading={t.loading}>
        {(data) => <Handlings found={data} />}
      </Loaded>
    </div>
  );
}

function Handlings({ found }: { found: Case }) {
  const texts = useTexts();
  const t = texts.agenda.case;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const last = found.handlings.length - 1;
  const documents = found.references.filter(({ urlFi, urlSv }) => urlFi || urlSv);
  return (
    <>
      <ol className="case">
        {found.handlings.map(({ meeting, item }, index) => (
          <li key={item.id}>
            <p className="meta">
              {formatDate(dateOf(meeting.startsAt), lang)} · <T text={meeting.forum.title} />
              {index === last && found.handlings.length > 1 && <b> · {t.newest}</b>}
            </p>
            <h2>
              <PathLink path={`/meetings/${meeting.id}#item-${itemNo(item)}`}>
                <T text={item.title} />
              </PathLink>
            </h2>
            <p className="meta">
              {texts.meetings.name(meeting.number, meeting.year)}
              {item.section ? ` · ${texts.meetings.agenda.section(item.section)}` : ''}
            </p>
            {item.outcomes.map((outcome) => (
              <OutcomeCard key={outcome.id} outcome={outcome} readOnly />
            ))}
          </li>
        ))}
      </ol>
      {documents.length > 0 && (
        <Section title={t.documents}>
          <ul>
            {documents.map((row) => (
              <li key={`${row.partyId} ${row.registryNo} ${row.urlFi}`}>
                <PartyMark party={look(row.partyId)} /> {row.registryNo}{' '}
                {row.urlFi && (
                  <a href={row.urlFi} rel="noreferrer">
                    {t.inFinnish}
                  </a>
                )}{' '}
                {row.urlSv && (
                  <a href={row.urlSv} rel="noreferrer">
                    {t.inSwedish}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
