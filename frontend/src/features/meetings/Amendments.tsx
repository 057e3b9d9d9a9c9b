import { useState, type SyntheticEvent } from 'react';
import { T, useLang, useTexts } from '../../i18n';
import { formatDateTime } from '../../lib/dates';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { TextArea } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { whole } from './forms';
import { placesOf } from './places';
import {
  useAmendmentStep,
  useProposeAmendment,
  type Amendment,
  type AmendmentStep,
  type Paper,
} from './papers';
import type { AgendaItem, Meeting } from './queries';

interface AmendmentsProps {
  meeting: Meeting;
  items: readonly AgendaItem[];
  paper: Paper;
  past: boolean;
}

/** The numbered corrections of an approved paper, beside which they stand. */
export function Amendments({ meeting, items, paper, past }: AmendmentsProps) {
  const t = useTexts().papers.amendments;
  const propose = !past && paper.permissions.includes('amendment.propose');
  if (paper.amendments.length === 0 && !propose) return null;
  return (
    <details open={paper.amendments.length > 0}>
      <summary>{t.title}</summary>
      {paper.amendments.length === 0 && <p>{t.none}</p>}
      {paper.amendments.map((amendment) => (
        <One key={amendment.id} meetingId={meeting.id} amendment={amendment} past={past} />
      ))}
      {propose && <Propose meetingId={meeting.id} items={items} />}
    </details>
  );
}

interface OneProps {
  meetingId: string;
  amendment: Amendment;
  past: boolean;
}

function One({ meetingId, amendment, past }: OneProps) {
  const texts = useTexts();
  const t = texts.papers;
  const lang = useLang();
  const step = useAmendmentStep(meetingId, amendment);
  const [reason, setReason] = useState('');
  const may = past ? [] : amendment.permissions;
  const take = (to: AmendmentStep) => {
    if (!step.isPending) whenSaved(step.mutateAsync(to), () => setReason(''));
  };
  const given = amendment.approvals.filter(({ approvedAt }) => approvedAt !== undefined).length;
  const wrong = fieldError(step.error, '/reason', texts);
  return (
    <article className="said">
      <h3>
        {amendment.no ? t.amendments.one(amendment.no) : t.amendments.proposal}{' '}
        <span className="meta">
          {t.item(amendment.label ?? String(amendment.agendaNo))}
          {amendment.part && `, ${t.parts[amendment.part].toLowerCase()}`} ·{' '}
          {t.amendments.statuses[amendment.status]}
          {amendment.publishedAt && ` ${formatDateTime(amendment.publishedAt, lang)}`}
          {amendment.status === 'proposed' &&
            ` · ${t.amendments.approvedBy(given, amendment.approvals.length)}`}
        </span>
      </h3>
      {amendment.hidden ? (
        <p>{t.amendments.hidden(amendment.ground ?? '')}</p>
      ) : (
        <>
          <p>
            {t.amendments.was}: <T text={amendment.was} />
          </p>
          <p>
            {t.amendments.becomes}:{' '}
            <ins>
              <T text={amendment.becomes} />
            </ins>
          </p>
          <p className="meta">
            {t.amendments.reason}: <T text={amendment.reason} />
          </p>
        </>
      )}
      {amendment.withdrawReason && <p className="meta">{amendment.withdrawReason}</p>}
      {may.length > 0 && (
        <p className="btns">
          {may.includes('amendment.approve') && (
            <Button small onClick={() => take('approve')} aria-disabled={step.isPending}>
              {t.amendments.approve}
            </Button>
          )}
          {may.includes('amendment.publish') && (
            <Button small onClick={() => take('publish')} aria-disabled={step.isPending}>
              {t.amendments.publish}
            </Button>
          )}
        </p>
      )}
      {may.includes('amendment.propose') && (
        <details>
          <summary>{t.amendments.withdraw}</summary>
          <form
            onSubmit={(event: SyntheticEvent) => {
              event.preventDefault();
              take({ withdraw: reason });
            }}
          >
            <TextArea
              label={t.amendments.withdrawReason}
              value={reason}
              onChange={setReason}
              rows={2}
              error={wrong}
            />
            <p className="btns">
              <Button type="submit" small variant="danger" aria-disabled={step.isPending}>
                {t.amendments.withdraw}
              </Button>
            </p>
          </form>
        </details>
      )}
      {step.error !== null && !wrong && (
        <ErrorState error={step.error} title={t.amendments.failed} />
      )}
    </article>
  );
}

function Propose({ meetingId, items }: { meetingId: string; items: readonly AgendaItem[] }) {
  const texts = useTexts();
  const t = texts.papers;
  const lang = useLang();
  const places = placesOf(items, texts, lang);
  const propose = useProposeAmendment(meetingId);
  const [chosen, setChosen] = useState('');
  const [was, setWas] = useState(whole(undefined));
  const [becomes, setBecomes] = useState(whole(undefined));
  const [reason, setReason] = useState(whole(undefined));
  const place = places.find(({ key }) => key === chosen) ?? places[0];
  if (!place) return null;
  const errorsOf = (field: string) => ({
    fi: fieldError(propose.error, `/${field}/fi`, texts),
    sv: fieldError(propose.error, `/${field}/sv`, texts),
    en: fieldError(propose.error, `/${field}/en`, texts),
  });
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (propose.isPending) return;
    whenSaved(propose.mutateAsync({ ...place.at, was, becomes, reason }), () => {
      setWas(whole(undefined));
      setBecomes(whole(undefined));
      setReason(whole(undefined));
    });
  };
  return (
    <details>
      <summary>{t.amendments.add}</summary>
      <p className="meta">{t.amendments.note}</p>
      <form onSubmit={send}>
        <Select
          label={t.comments.place}
          value={place.key}
          options={places.map(({ key, label }) => ({ value: key, label }))}
          onChange={setChosen}
        />
        <LocalisedField
          label={t.amendments.was}
          value={was}
          onChange={(text) => setWas(whole(text))}
          errors={errorsOf('was')}
          multiline
        />
        <LocalisedField
          label={t.amendments.becomes}
          value={becomes}
          onChange={(text) => setBecomes(whole(text))}
          errors={errorsOf('becomes')}
          multiline
        />
        <LocalisedField
          label={t.amendments.reason}
          value={reason}
          onChange={(text) => setReason(whole(text))}
          errors={errorsOf('reason')}
          multiline
        />
        {propose.error !== null && <ErrorState error={propose.error} title={t.amendments.failed} />}
        <p className="btns">
          <Button type="submit" small aria-disabled={propose.isPending}>
            {t.amendments.send}
          </Button>
        </p>
      </form>
    </details>
  );
}
