import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AgreementMark } from '../../content/AgreementMark';
import { SubjectLink } from '../../content/SubjectLink';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { localised, type LocalisedText } from '../../lib/text';
import { Section } from '../../ui/layout';
import {
  longestWaiting,
  waitingHandoversQuery,
  waitingResponsibilitiesQuery,
  type HandoverItem,
  type ResponsibilityItem,
} from './queries';

/** What has waited longest for a party's acceptance: responsibilities and hand-overs alike. */
export function Waiting({ day }: { day: string }) {
  const texts = useTexts();
  const t = texts.overview.waiting;
  const lang = useLang();
  const asOf = useAsOf();
  const responsibilities = useQuery(waitingResponsibilitiesQuery(asOf)).data;
  const handovers = useQuery(waitingHandoversQuery(asOf)).data;
  if (!responsibilities || !handovers) return null;
  const counts = { responsibilities: responsibilities.total, handovers: handovers.total };
  const oldest = [...responsibilities.items, ...handovers.items]
    .sort((a, b) => since(a).localeCompare(since(b)))
    .slice(0, longestWaiting);
  if (oldest.length === 0) return null;
  return (
    <Section title={t.title}>
      <ul className="hl ov-hl">
        {oldest.map((item) => (
          <li key={item.id}>
            <AgreementMark item={item} day={day} />
            <p>
              {'subject' in item ? (
                <SubjectLink subject={item.subject} />
              ) : (
                <HandoverLink item={item} />
              )}
            </p>
            {'subject' in item && (
              <p className="meta">
                <T text={item.post.title} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <p className="ov-all">
        {counts.responsibilities !== undefined && counts.responsibilities > 0 && (
          <Link
            to="/$lang/responsibilities/list"
            params={{ lang }}
            search={{ acceptance: 'waiting' }}
          >
            {t.responsibilities(counts.responsibilities)}
          </Link>
        )}
        {counts.handovers !== undefined && counts.handovers > 0 && (
          <Link to="/$lang/handovers" params={{ lang }} search={{ acceptance: 'waiting' }}>
            {t.handovers(counts.handovers)}
          </Link>
        )}
      </p>
    </Section>
  );
}

const since = ({ waiting }: HandoverItem | ResponsibilityItem) => waiting?.proposedAt ?? '';

function HandoverLink({ item: { id, chain, from, to } }: { item: HandoverItem }) {
  const t = useTexts().content;
  const lang = useLang();
  const word = (text: LocalisedText) => localised(text, lang).value;
  return (
    <Link
      className="q"
      to="/$lang/chains/$id"
      params={{ lang, id: chain.id }}
      search={{ handover: id }}
      hash="handover"
    >
      {t.handoverBetween(word(from.title), word(to.title))}
    </Link>
  );
}
