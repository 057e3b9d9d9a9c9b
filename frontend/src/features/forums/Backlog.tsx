import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { useParties, usePartyLooks } from '../../api/parties';
import { PathLink } from '../../content/PathLink';
import { thingLabel, ThingPicker } from '../../content/ThingPicker';
import { T, useLang, useTexts } from '../../i18n';
import { useAsOf } from '../../lib/asOf';
import { dateOf, formatDate } from '../../lib/dates';
import { complete, localised, noText, type LocalisedText } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import type { ComboOption } from '../../ui/forms/ComboBox';
import { EditForm } from '../../ui/forms/EditForm';
import { DateField, TextField } from '../../ui/forms/fields';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Section } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { PathLink as SubjectPath } from '../../ui/PathLink';
import { fieldError } from '../../ui/problemTexts';
import { Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { Insiders } from '../../ui/Visibility';
import { meetingNo } from './meetings';
import type { Forum } from './queries';
import {
  topicsQuery,
  useSaveTopic,
  useSettleTopic,
  type Topic,
  type TopicInput,
} from './yearQueries';

/** The topics that members propose, for staff: what waits, what was drawn, what was turned down. */
export function Backlog({ forum }: { forum: Forum }) {
  const {
    forumYear: t,
    content: { insiders },
  } = useTexts();
  const asOf = useAsOf();
  const staff = useMe().data?.signedIn === true;
  const [open, setOpen] = useState(false);
  const [settled, setSettled] = useState(false);
  const toast = useToast();
  const topics = useQuery({ ...topicsQuery(forum.id, asOf), enabled: staff });
  const mayPropose = !asOf && forum.permissions.some((held) => held === 'topic.propose');
  if (!staff) return null;
  return (
    <Section
      id="topics"
      title={t.topics}
      aside={
        mayPropose &&
        !open && (
          <Button variant="secondary" small onClick={() => setOpen(true)}>
            {t.propose}
          </Button>
        )
      }
    >
      <Insiders what={insiders.topics}>
        {open && (
          <TopicForm
            forum={forum}
            onDone={(saved) => {
              setOpen(false);
              if (saved) toast(t.proposed);
            }}
          />
        )}
        <Loaded query={topics} loading={t.loadingTopics}>
          {({ items }) => {
            const waiting = items.filter(({ state }) => state === 'open');
            const others = items.filter(({ state }) => state !== 'open').reverse();
            return (
              <>
                {waiting.length === 0 ? (
                  <p className="meta">{t.noTopics}</p>
                ) : (
                  <ul className="frm-topics">
                    {waiting.map((topic) => (
                      <OneTopic key={topic.id} forum={forum} topic={topic} past={!!asOf} />
                    ))}
                  </ul>
                )}
                {others.length > 0 && (
                  <>
                    <p className="btns more">
                      <Button
                        variant="quiet"
                        small
                        aria-expanded={settled}
                        onClick={() => setSettled(!settled)}
                      >
                        {settled ? t.hideSettled : t.showSettled(others.length)}
                      </Button>
                    </p>
                    {settled && (
                      <ul className="frm-topics">
                        {others.map((topic) => (
                          <OneTopic key={topic.id} forum={forum} topic={topic} past />
                        ))}
                      </ul>
                    )}
                  </>
                )}
              </>
            );
          }}
        </Loaded>
      </Insiders>
    </Section>
  );
}

function OneTopic({ forum, topic, past }: { forum: Forum; topic: Topic; past: boolean }) {
  const texts = useTexts();
  const t = texts.forumYear;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const toast = useToast();
  const parties = useParties().data ?? [];
  const [doing, setDoing] = useState<'edit' | 'withdrawal' | 'refusal' | null>(null);
  const may = (permission: string) =>
    !past && doing === null && topic.permissions.some((held) => held === permission);
  const title = localised(topic.title, lang).value;
  if (doing === 'edit') {
    return (
      <li>
        <TopicForm
          forum={forum}
          topic={topic}
          onDone={(saved) => {
            setDoing(null);
            if (saved) toast(t.topicSaved);
          }}
        />
      </li>
    );
  }
  return (
    <li>
      <p>
        <b>
          <T text={topic.title} />
        </b>
      </p>
      {localised(topic.why, lang).value && (
        <p className="frm-why">
          <T text={topic.why} />
        </p>
      )}
      <p className="meta frm-tm">
        <Who party={look(topic.post.partyId)}>
          <T text={topic.post.title} />
        </Who>
        <span>{formatDate(dateOf(topic.createdAt), lang)}</span>
        {topic.about && (
          <span>
            {t.about[topic.about.kind]}{' '}
            <SubjectPath
              quiet
              path={topic.about.path}
              {...(topic.about.kind === 'handover' && {
                search: { handover: topic.about.id },
                hash: 'handover',
              })}
            >
              {topic.about.no ? `${topic.about.no} ` : ''}
              <T text={topic.about.title} />
            </SubjectPath>
          </span>
        )}
        {topic.case && (
          <span>
            {t.caseOf} <T text={parties.find(({ id }) => id === topic.case?.partyId)?.shortName} />{' '}
            {topic.case.registryNo}
          </span>
        )}
        {topic.wantedOn && <span>{t.wantedBy(formatDate(topic.wantedOn, lang))}</span>}
      </p>
      {topic.state !== 'open' && (
        <p className="meta">
          {t.topicStates[topic.state]}
          {topic.drawn && (
            <>
              {' '}
              <PathLink className="q" path={`/meetings/${topic.drawn.meetingId}`}>
                {meetingNo(topic.drawn)}
              </PathLink>
            </>
          )}
          {topic.reason && localised(topic.reason, lang).value && (
            <>
              : <T text={topic.reason} />
            </>
          )}
        </p>
      )}
      {(may('topic.edit') || may('topic.decline')) && (
        <p className="btns">
          {may('topic.edit') && (
            <>
              <Button
                variant="quiet"
                small
                aria-label={t.editTopic(title)}
                onClick={() => setDoing('edit')}
              >
                {t.edit}
              </Button>
              <Button
                variant="quiet"
                small
                aria-label={t.withdrawTopic(title)}
                onClick={() => setDoing('withdrawal')}
              >
                {t.withdraw}
              </Button>
            </>
          )}
          {may('topic.decline') && (
            <Button
              variant="quiet"
              small
              aria-label={t.declineTopic(title)}
              onClick={() => setDoing('refusal')}
            >
              {t.decline}
            </Button>
          )}
        </p>
      )}
      {doing !== null && <Settle topic={topic} how={doing} onClose={() => setDoing(null)} />}
    </li>
  );
}

interface SettleProps {
  topic: Topic;
  how: 'withdrawal' | 'refusal';
  onClose: () => void;
}

function Settle({ topic, how, onClose }: SettleProps) {
  const texts = useTexts();
  const t = texts.forumYear;
  const toast = useToast();
  const settle = useSettleTopic(topic);
  const [reason, setReason] = useState('');
  return (
    <InlineUpdateForm
      label={how === 'refusal' ? t.decline : t.withdraw}
      saveLabel={how === 'refusal' ? t.decline : t.withdraw}
      onSave={() =>
        whenSaved(settle.mutateAsync({ how, reason }), () => {
          toast(how === 'refusal' ? t.declined : t.withdrawn);
          onClose();
        })
      }
      onCancel={onClose}
      saving={settle.isPending}
      error={settle.error}
    >
      <TextField
        label={t.reason}
        optional={how === 'withdrawal'}
        value={reason}
        onChange={setReason}
        error={fieldError(settle.error, '/reason/fi', texts)}
      />
    </InlineUpdateForm>
  );
}

/** What a topic can concern, in the order of the choices. */
const aboutKinds = ['goal', 'action', 'handover'] as const;
type AboutKind = (typeof aboutKinds)[number];

interface Body {
  title: LocalisedText;
  why: LocalisedText;
  aboutKind: AboutKind | '';
  about: ComboOption | null;
  partyId: string;
  registryNo: string;
  wantedOn: string;
}

interface TopicFormProps {
  forum: Forum;
  topic?: Topic;
  onDone: (saved: boolean) => void;
}

/** Proposes a topic, or changes one's own. */
function TopicForm({ forum, topic, onDone }: TopicFormProps) {
  const texts = useTexts();
  const t = texts.forumYear;
  const lang = useLang();
  const save = useSaveTopic(forum.id, topic);
  const parties = useParties().data ?? [];
  const initial: Body = {
    title: topic?.title ?? noText,
    why: topic?.why ?? noText,
    aboutKind: topic?.about?.kind ?? '',
    about: topic?.about ? { id: topic.about.id, label: thingLabel(topic.about, lang) } : null,
    partyId: topic?.case?.partyId ?? '',
    registryNo: topic?.case?.registryNo ?? '',
    wantedOn: topic?.wantedOn ?? '',
  };
  const input = (body: Body): TopicInput => ({
    title: complete(body.title),
    why: complete(body.why),
    // A kind goes without its thing where none was chosen: the server says so beside the field.
    ...(body.aboutKind && {
      about: { kind: body.aboutKind, id: body.about?.id } as TopicInput['about'],
    }),
    ...(body.partyId &&
      body.registryNo && { case: { partyId: body.partyId, registryNo: body.registryNo } }),
    ...(body.wantedOn && { wantedOn: body.wantedOn }),
  });
  return (
    <div className="frm-new">
      <EditForm
        label={topic ? t.editThis : t.propose}
        initial={initial}
        save={(body) => save.mutateAsync(input(body))}
        onSaved={() => onDone(true)}
        onCancel={() => onDone(false)}
        saveLabel={topic ? undefined : t.sendProposal}
      >
        {({ body, set, error, errors }) => (
          <>
            <LocalisedField
              label={t.topicTitle}
              value={body.title}
              onChange={(title) => set({ title })}
              errors={errors('/title')}
              maxLength={300}
            />
            <LocalisedField
              multiline
              label={t.why}
              value={body.why}
              onChange={(why) => set({ why })}
              errors={errors('/why')}
              maxLength={5000}
            />
            <div className="fields">
              <Select
                label={t.aboutKind}
                value={body.aboutKind}
                options={[
                  { value: '', label: t.none },
                  ...aboutKinds.map((value) => ({ value, label: t.about[value] })),
                ]}
                onChange={(aboutKind) => set({ aboutKind, about: null })}
                error={error('/about/kind')}
              />
              {body.aboutKind && (
                <ThingPicker
                  key={body.aboutKind}
                  kind={body.aboutKind}
                  label={t.aboutWhich[body.aboutKind]}
                  value={body.about}
                  onChange={(about) => set({ about })}
                  error={error('/about/id')}
                />
              )}
            </div>
            <div className="fields">
              <DateField
                optional
                label={t.wantedOn}
                value={body.wantedOn}
                onChange={(wantedOn) => set({ wantedOn })}
                error={error('/wantedOn')}
              />
            </div>
            <div className="fields">
              <Select
                label={t.caseParty}
                value={body.partyId}
                options={[
                  { value: '', label: t.none },
                  ...parties.map(({ id, shortName }) => ({
                    value: id,
                    label: localised(shortName, lang).value,
                  })),
                ]}
                onChange={(partyId) => set({ partyId })}
                error={error('/case/partyId')}
              />
              <TextField
                optional
                label={t.caseNo}
                value={body.registryNo}
                onChange={(registryNo) => set({ registryNo })}
                error={error('/case/registryNo')}
              />
            </div>
          </>
        )}
      </EditForm>
    </div>
  );
}
