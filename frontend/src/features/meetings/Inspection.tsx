import { useState } from 'react';
import { usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { useFocusAfter } from '../../lib/focus';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Who } from '../../ui/PartyMark';
import { Lacks } from './Lacks';
import { NameChair, NameInspectors } from './NameApprovers';
import type { Meeting } from './queries';

/** Whose approval the paper needs, who has given it, and who has to be named yet. */
export function Inspection({ meeting }: { meeting: Meeting }) {
  const t = useTexts().meetings.inspection;
  const [naming, setNaming] = useState<'chair' | 'inspectors'>();
  const frame = useFocusAfter<HTMLElement>(naming === 'chair', '[data-name="chair"]');
  const toggle = (what: 'chair' | 'inspectors') => setNaming(naming === what ? undefined : what);
  return (
    <section ref={frame} id="inspection">
      <div className="sec-h">
        <h2>{t.title[meeting.paper]}</h2>
      </div>
      <Lacks lacking={meeting.lacking} mend={t.lacksText} />
      <Approvers meeting={meeting} />
      <p className="meta below-s">{t.note}</p>
      {meeting.naming && (
        <p className="btns">
          <Button
            variant="quiet"
            small
            aria-expanded={naming === 'inspectors'}
            onClick={() => toggle('inspectors')}
          >
            {t.change}
          </Button>
          <Button
            variant="quiet"
            small
            data-name="chair"
            aria-expanded={naming === 'chair'}
            onClick={() => toggle('chair')}
          >
            {t.nameChair}
          </Button>
        </p>
      )}
      {meeting.naming && naming === 'inspectors' && <NameInspectors meeting={meeting} />}
      {meeting.naming && naming === 'chair' && (
        <NameChair meeting={meeting} onDone={() => setNaming(undefined)} />
      )}
    </section>
  );
}

/** The chair and the inspectors, with the time of their approval. */
export function Approvers({ meeting }: { meeting: Meeting }) {
  const t = useTexts().meetings.inspection;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const asked = meeting.status === 'closed';
  return (
    <ul className="appr">
      {meeting.approvers.map((approver) => (
        <li key={`${approver.post.id} ${approver.role}`}>
          <Who party={look(approver.post.partyId)}>
            <PostLink post={approver.post} />{' '}
            <span className="meta">
              {approver.role === 'chair' && meeting.actingChair ? t.actingChair : t[approver.role]}
              {approver.approvedAt
                ? `, ${t.approvedAt(formatDateTime(approver.approvedAt, lang))}`
                : asked && `, ${t.waiting}`}
              {approver.approvedAt && <Icon name="check" size={12} />}
            </span>
          </Who>
        </li>
      ))}
    </ul>
  );
}
