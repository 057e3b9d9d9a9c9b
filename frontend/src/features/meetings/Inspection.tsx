import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { partiesQuery, usePartyLooks } from '../../api/parties';
import { PostLink } from '../../content/PostLink';
import { useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { TextField } from '../../ui/forms/fields';
import { Icon } from '../../ui/Icon';
import { Who } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { useAttend, type Meeting } from './queries';

/** Whose approval the paper needs, and who has given it. */
export function Inspection({ meeting }: { meeting: Meeting }) {
  const t = useTexts().meetings.inspection;
  const [changing, setChanging] = useState(false);
  return (
    <section>
      <div className="sec-h">
        <h2>{t.title[meeting.paper]}</h2>
      </div>
      <Approvers meeting={meeting} />
      <p className="meta below-s">{t.note}</p>
      {meeting.permissions.includes('meeting.record') && meeting.status !== 'approved' && (
        <p className="btns">
          <Button
            variant="quiet"
            small
            aria-expanded={changing}
            onClick={() => setChanging(!changing)}
          >
            {t.change}
          </Button>
        </p>
      )}
      {changing && <ChangeInspectors meeting={meeting} />}
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
              {t[approver.role]}
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

/** Another inspector for a party; after the closure with a reason. */
function ChangeInspectors({ meeting }: { meeting: Meeting }) {
  const texts = useTexts();
  const t = texts.meetings.inspection;
  const lang = useLang();
  const principals = (useQuery(partiesQuery).data ?? []).filter(({ principal }) => principal);
  const attend = useAttend(meeting.id);
  const [reason, setReason] = useState('');
  const change = (id: string) => {
    const participant = meeting.participants.find((candidate) => candidate.id === id);
    if (!participant || attend.isPending) return;
    attend.mutate({
      participant,
      body: { attendance: participant.attendance, inspector: true, reason },
    });
  };
  const wrong = fieldError(attend.error, '/reason', texts);
  return (
    <form
      className="out-f"
      aria-label={t.change}
      onSubmit={(e: SyntheticEvent) => e.preventDefault()}
    >
      {meeting.closedAt && (
        <TextField
          label={texts.meetings.attendance.reason}
          value={reason}
          onChange={setReason}
          error={wrong}
        />
      )}
      {principals.map((party) => {
        const members = meeting.participants.filter(
          ({ partyId, post, role }) =>
            partyId === party.id && post && (role === 'member' || role === 'secretary'),
        );
        return (
          <Select
            key={party.id}
            small
            label={t.changeOf(localised(party.shortName, lang).value)}
            value={members.find(({ inspector }) => inspector)?.id ?? ''}
            options={[
              ...(members.some(({ inspector }) => inspector)
                ? []
                : [{ value: '', label: texts.ui.choose }]),
              ...members.map((member) => ({
                value: member.id,
                label: localised(member.post?.title, lang).value,
              })),
            ]}
            onChange={change}
          />
        );
      })}
      {attend.error !== null && !wrong && (
        <ErrorState error={attend.error} title={texts.problems.saveTitle} />
      )}
    </form>
  );
}
