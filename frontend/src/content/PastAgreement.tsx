import type { ReactNode } from 'react';
import { usePartyLooks } from '../api/parties';
import type { Agreement } from '../api/responsibilities';
import { T, useLang, useTexts } from '../i18n';
import { dateOf, formatDate, formatDateTime } from '../lib/dates';
import { Who } from '../ui/PartyMark';

interface PastAgreementProps {
  agreement: Agreement;
  /** The content that it is about. */
  children: ReactNode;
}

/** One line of a history of agreements: who proposed it when, its content, the parties' answers. */
export function PastAgreement({ agreement, children }: PastAgreementProps) {
  const t = useTexts().responsibilities;
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <li>
      <p>
        <b>{t.revisionOf(agreement.revision, t.states[agreement.state])}</b>{' '}
        <span className="meta">
          {agreement.proposedPartyId
            ? t.proposedBy(
                look(agreement.proposedPartyId).name,
                formatDateTime(agreement.proposedAt, lang),
              )
            : t.imported(formatDate(dateOf(agreement.proposedAt), lang))}
        </span>
      </p>
      {children}
      <ul className="hl">
        {agreement.acceptances.map(({ partyId, answer, decidedAt, reason }) => (
          <li key={partyId}>
            <Who party={look(partyId)}>
              {t.answers[answer]}{' '}
              <span className="meta">{decidedAt && formatDateTime(decidedAt, lang)}</span>{' '}
              <T text={reason} />
            </Who>
          </li>
        ))}
      </ul>
    </li>
  );
}
