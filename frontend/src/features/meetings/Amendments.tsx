import { useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useGroundIn } from '../../api/grounds';
import { ChangedBy } from '../../content/ChangedBy';
import { T, useLang, useTexts, type Texts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { formatDateTime } from '../../lib/dates';
import { useFocusAfter, useFocusFirst } from '../../lib/focus';
import { languages, type Lang } from '../../lib/lang';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { EditForm } from '../../ui/forms/EditForm';
import { TextArea } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { fieldError } from '../../ui/problemTexts';
import { ErrorState } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { whole } from './forms';
import { placesOf } from './places';
import {
  paperQuery,
  useAmendmentStep,
  useProposeAmendment,
  useSaveAmendment,
  type Amendment,
  type AmendmentStep,
  type Paper,
  type PaperPlace,
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
        <One
          key={amendment.id}
          meetingId={meeting.id}
          items={items}
          amendment={amendment}
          past={past}
        />
      ))}
      {propose && <Propose meetingId={meeting.id} items={items} />}
    </details>
  );
}

interface OneProps {
  meetingId: string;
  items: readonly AgendaItem[];
  amendment: Amendment;
  past: boolean;
}

function One({ meetingId, items, amendment, past }: OneProps) {
  const texts = useTexts();
  const t = texts.papers;
  const lang = useLang();
  const groundIn = useGroundIn();
  const step = useAmendmentStep(meetingId, amendment);
  const [reason, setReason] = useState('');
  const [editing, setEditing] = useState(false);
  const may = past ? [] : amendment.permissions;
  const mayEdit = may.includes('amendment.propose') && !amendment.hidden;
  const article = useFocusAfter<HTMLElement>(editing, '[data-opens="edit"]');
  const take = (to: AmendmentStep) => {
    if (!step.isPending) whenSaved(step.mutateAsync(to), () => setReason(''));
  };
  const given = amendment.approvals.filter(({ approvedAt }) => approvedAt !== undefined).length;
  const wrong = fieldError(step.error, '/reason', texts);
  return (
    <article className="said" ref={article}>
      <h3
        tabIndex={-1}
        // Where somebody else settled it meanwhile, the focus goes here from the closed form.
        data-opens={mayEdit ? undefined : 'edit'}
      >
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
      {amendment.status !== 'published' && (
        <InternalMark what={texts.content.insiders.amendment} ground={texts.ui.visibility.staff} />
      )}
      {editing ? (
        <Edit
          meetingId={meetingId}
          items={items}
          amendment={amendment}
          onDone={() => setEditing(false)}
        />
      ) : amendment.hidden ? (
        <p>{t.amendments.hidden(groundIn(amendment.ground) ?? '')}</p>
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
      {may.length > 0 && !editing && (
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
          {mayEdit && (
            <Button small variant="secondary" data-opens="edit" onClick={() => setEditing(true)}>
              {t.amendments.edit}
            </Button>
          )}
        </p>
      )}
      {may.includes('amendment.propose') && !editing && (
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

/** What a form says of an amendment, its place apart. */
type Passage = Record<'was' | 'becomes' | 'reason', ReturnType<typeof whole>>;

const passage = ({ was, becomes, reason }: Pick<Amendment, keyof Passage>): Passage => ({
  was: whole(was),
  becomes: whole(becomes),
  reason: whole(reason),
});

const unwritten: Passage = {
  was: whole(undefined),
  becomes: whole(undefined),
  reason: whole(undefined),
};

function Propose({ meetingId, items }: { meetingId: string; items: readonly AgendaItem[] }) {
  const texts = useTexts();
  const t = texts.papers;
  const lang = useLang();
  const places = placesOf(items, texts, lang);
  const propose = useProposeAmendment(meetingId);
  const [chosen, setChosen] = useState('');
  const [body, setBody] = useState(unwritten);
  const place = places.find(({ key }) => key === chosen) ?? places[0];
  if (!place) return null;
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (propose.isPending) return;
    whenSaved(propose.mutateAsync({ ...place.at, ...body }), () => setBody(unwritten));
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
        <PassageFields
          body={body}
          set={(part) => setBody({ ...body, ...part })}
          errors={(pointer) =>
            Object.fromEntries(
              languages.map((each) => [
                each,
                fieldError(propose.error, `${pointer}/${each}`, texts),
              ]),
            )
          }
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

interface EditProps {
  meetingId: string;
  items: readonly AgendaItem[];
  amendment: Amendment;
  onDone: () => void;
}

/** What is proposed, changed before it is published; both versions where somebody saved in between. */
function Edit({ meetingId, items, amendment, onDone }: EditProps) {
  const texts = useTexts();
  const t = texts.papers;
  const lang = useLang();
  const client = useQueryClient();
  const save = useSaveAmendment(meetingId, amendment.id);
  const frame = useFocusFirst<HTMLDivElement>(1, 'select');
  const own = placeOf(amendment, t);
  const listed = placesOf(items, texts, lang);
  // What it amends need not be in the list: its item may say nothing there any more.
  const places = listed.some(({ key }) => key === own.key) ? listed : [own, ...listed];
  const at = (key: string) => places.find((place) => place.key === key) ?? own;
  const names = {
    was: t.amendments.was,
    becomes: t.amendments.becomes,
    reason: t.amendments.reason,
  };
  return (
    <div ref={frame}>
      <EditForm
        label={t.amendments.edit}
        initial={{ place: own.key, ...passage(amendment) }}
        version={amendment.version}
        save={({ place, ...said }, version) =>
          save.mutateAsync({ body: { ...at(place).at, ...said }, version })
        }
        onSaved={onDone}
        onCancel={() => {
          if (save.isError) {
            void client.invalidateQueries({ queryKey: paperQuery(meetingId, ofNow).queryKey });
          }
          onDone();
        }}
        current={(resource) => {
          const saved = resource as Amendment;
          return {
            body: { place: placeOf(saved, t).key, ...passage(saved) },
            version: saved.version,
          };
        }}
        describe={(body) => [
          { key: 'place', label: t.comments.place, text: at(body.place).label },
          ...passageParts.flatMap((part) =>
            languages.map((each) => ({
              key: `${part}/${each}`,
              label: texts.content.inLanguage(names[part], texts.ui.languageNames[each]),
              text: body[part][each],
            })),
          ),
        ]}
        savedBy={(changed) => <ChangedBy changed={changed} />}
      >
        {({ body, set, errors, error }) => (
          <>
            {amendment.approvals.some(({ approvedAt }) => approvedAt !== undefined) && (
              <p className="meta">{t.amendments.editAgain}</p>
            )}
            <Select
              label={t.comments.place}
              value={body.place}
              options={places.map(({ key, label }) => ({ value: key, label }))}
              onChange={(place) => set({ place })}
              error={error('/part')}
            />
            <PassageFields body={body} set={set} errors={errors} />
          </>
        )}
      </EditForm>
    </div>
  );
}

/** The text that an amendment is of, by the same key as among the texts of the agenda. */
function placeOf(amendment: Amendment, t: Texts['papers']) {
  const { agendaItemId, outcomeId, part, label, agendaNo } = amendment;
  const name = t.item(label ?? String(agendaNo));
  return {
    key: `${agendaItemId} ${outcomeId ?? part}`,
    at: { agendaItemId, part, outcomeId } as PaperPlace,
    label: part ? `${name}, ${t.parts[part].toLowerCase()}` : name,
  };
}

const passageParts = ['was', 'becomes', 'reason'] as const;

interface PassageFieldsProps {
  body: Passage;
  set: (part: Partial<Passage>) => void;
  errors: (pointer: string) => Partial<Record<Lang, string>>;
}

function PassageFields({ body, set, errors }: PassageFieldsProps) {
  const t = useTexts().papers.amendments;
  return passageParts.map((part) => (
    <LocalisedField
      key={part}
      label={t[part]}
      value={body[part]}
      onChange={(text) => set({ [part]: whole(text) })}
      errors={errors(`/${part}`)}
      multiline
    />
  ));
}
