import { useEffect, useId, useState, type ReactNode } from 'react';
import { usePartyLooks } from '../../api/parties';
import { ChangedBy } from '../../content/ChangedBy';
import { ReferencesField } from '../../content/ReferencesField';
import { VisibilityField } from '../../content/VisibilityField';
import { T, useLang, useTexts } from '../../i18n';
import { formatTime } from '../../lib/dates';
import { merge, useKept, writeKept } from '../../lib/kept';
import { languages, type Lang } from '../../lib/lang';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { ConflictPanel } from '../../ui/forms/ConflictPanel';
import { TextArea, TextField } from '../../ui/forms/fields';
import { Icon } from '../../ui/Icon';
import { PartyMark } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { Prose } from '../../ui/Prose';
import { Segments } from '../../ui/Segments';
import { ErrorState } from '../../ui/states';
import { InternalMark } from '../../ui/Visibility';
import { CaseLinks } from './CaseLinks';
import { useFocusAfter } from './focus';
import { describeItem, itemBody, itemInput, itemTexts, keptItem, type ItemBody } from './forms';
import { Outcomes } from './Outcomes';
import { PostPicker } from '../../content/PostPicker';
import { RemoveItem } from './RemoveItem';
import { useSaveItem, type AgendaItem, type Meeting } from './queries';

interface ItemEditorProps {
  meeting: Meeting;
  item: AgendaItem;
  /** Goes to the next item; missing on the last. */
  onNext?: () => void;
}

/** The item in hand: its parts to write, its outcomes, and the way to the next one. */
export function ItemEditor({ meeting, item, onNext }: ItemEditorProps) {
  const texts = useTexts();
  const t = texts.meetings.item;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const heading = useId();
  const preparing = meeting.status === 'draft' || meeting.status === 'called';
  const form = useItemForm(item);
  const may = item.permissions.includes('meeting.edit');
  const [chosen, setChosen] = useState<boolean>();
  const everything = chosen ?? preparing;
  const [writing, setWriting] = useState<Lang>(lang === 'sv' ? 'sv' : 'fi');
  const proposal = localised(item.proposal, lang);
  return (
    <section className="it" aria-labelledby={heading}>
      <p className="meta">
        {[t.no(item.agendaNo), item.section ? texts.meetings.agenda.section(item.section) : '']
          .filter(Boolean)
          .join(' · ')}
        {item.presenter && (
          <>
            {' '}
            · {t.presenter} <T text={item.presenter.title} />{' '}
            <PartyMark party={look(item.presenter.partyId)} />
          </>
        )}
        {item.minutesReserved ? ` · ${t.reserved(item.minutesReserved)}` : ''}
      </p>
      <h2 id={heading}>
        <T text={item.title} />
      </h2>
      {item.visibility === 'internal' && <InternalMark ground={item.visibilityGround} />}
      <CaseLinks cases={item.cases} />
      {may ? (
        <form
          aria-label={t.editLabel(localised(item.title, lang).value)}
          onSubmit={(event) => {
            event.preventDefault();
            void form.save();
          }}
          noValidate
        >
          <WritingLanguage body={form.body} value={writing} onChange={setWriting} />
          {everything ? (
            <AllFields form={form} writing={writing} meeting={meeting} />
          ) : (
            <>
              {proposal.value && (
                <div className="f">
                  <h3 className="oh">
                    {t.proposal} <span>{t.proposalNote}</span>
                  </h3>
                  <div className="in wash">
                    <Prose
                      text={proposal.value}
                      lang={proposal.lang === lang ? undefined : proposal.lang}
                    />
                  </div>
                </div>
              )}
              <PartField form={form} name="proceedings" writing={writing} rows={5} />
              <PartField form={form} name="decision" writing={writing} rows={3} />
            </>
          )}
          <SaveBar form={form}>
            {!preparing && (
              <Button variant="quiet" small onClick={() => setChosen(!everything)}>
                {everything ? texts.ui.close : t.editAll}
              </Button>
            )}
            {onNext && preparing && (
              <Button variant="secondary" small onClick={onNext}>
                {t.next} <Icon name="arrow" />
              </Button>
            )}
            {preparing && (
              <RemoveItem item={item} onRemoved={() => writeKept(keptItem(item.id), undefined)} />
            )}
          </SaveBar>
        </form>
      ) : (
        itemTexts.slice(1).map((name) => <Part key={name} item={item} name={name} />)
      )}
      {!preparing && (
        <Outcomes meeting={meeting} item={item}>
          {onNext && (
            <Button small onClick={onNext}>
              {t.next} <Icon name="arrow" />
            </Button>
          )}
        </Outcomes>
      )}
    </section>
  );
}

/** One part of an item to read; nothing where it is empty. */
export function Part({ item, name }: { item: AgendaItem; name: (typeof itemTexts)[number] }) {
  const t = useTexts().meetings.item;
  const lang = useLang();
  const text = localised(item[name], lang);
  if (!text.value) return null;
  return (
    <div className="ipart">
      <h3>{t[name]}</h3>
      <Prose text={text.value} lang={text.lang === lang ? undefined : text.lang} />
    </div>
  );
}

/** The form of one item: what is written is kept in the browser until it is saved. */
function useItemForm(item: AgendaItem) {
  const texts = useTexts();
  const kept = useKept(keptItem(item.id), itemBody(item), item.version);
  const saving = useSaveItem(item.id);
  const [problem, setProblem] = useState<unknown>(null);
  const [savedAt, setSavedAt] = useState('');

  const send = async (body: ItemBody, version: number) => {
    if (saving.isPending) return;
    try {
      const saved = await saving.mutateAsync({ body: itemInput(body), version });
      kept.rebase(itemBody(saved), itemBody(saved), saved.version);
      setProblem(null);
      setSavedAt(saved.updatedAt);
    } catch (failure) {
      setProblem(failure);
    }
  };
  const stale = problem instanceof Problem && problem.status === 412 ? problem : undefined;
  const current = stale?.current as AgendaItem | undefined;
  return {
    body: kept.body,
    set: kept.set,
    dirty: kept.dirty,
    pending: saving.isPending,
    savedAt,
    problem: stale ? null : problem,
    error: (pointer: string) => fieldError(problem, pointer, texts),
    save: () => send(kept.body, kept.version),
    discard: () => {
      kept.rebase(itemBody(item), itemBody(item), item.version);
      setProblem(null);
    },
    /** What somebody else saved in between, and the three ways out. */
    conflict:
      stale && current
        ? {
            changed: stale.changed,
            mine: merge(kept.body, kept.base, itemBody(current)),
            saved: itemBody(current),
            takeMine: () => {
              const mine = merge(kept.body, kept.base, itemBody(current));
              kept.rebase(mine, itemBody(current), current.version);
              void send(mine, current.version);
            },
            keepSaved: () => {
              kept.rebase(itemBody(current), itemBody(current), current.version);
              setProblem(null);
            },
            byHand: () => {
              kept.rebase(
                merge(kept.body, kept.base, itemBody(current)),
                itemBody(current),
                current.version,
              );
              setProblem(null);
            },
          }
        : undefined,
  };
}

type ItemForm = ReturnType<typeof useItemForm>;

interface SaveBarProps {
  form: ItemForm;
  children: ReactNode;
}

/** Saving, what became of it, and both versions where somebody saved in between. */
function SaveBar({ form, children }: SaveBarProps) {
  const texts = useTexts();
  const t = texts.meetings.item;
  const lang = useLang();
  const { problem, conflict } = form;
  const bar = useFocusAfter<HTMLDivElement>(conflict !== undefined, '[data-key="save"]');
  useEffect(() => {
    if (problem) {
      bar.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [problem, bar]);
  if (conflict) {
    const saved = describeItem(conflict.saved, texts);
    return (
      <ConflictPanel
        fields={describeItem(conflict.mine, texts).flatMap(({ key, label, text }) => {
          const other = saved.find((field) => field.key === key)?.text ?? '';
          return text === other ? [] : [{ key, label, yours: text, saved: other }];
        })}
        savedBy={conflict.changed && <ChangedBy changed={conflict.changed} />}
        saving={form.pending}
        onTakeMine={conflict.takeMine}
        onKeepSaved={conflict.keepSaved}
        onByHand={conflict.byHand}
      />
    );
  }
  return (
    <div className="savebar" ref={bar}>
      {problem !== null && <ErrorState error={problem} title={texts.problems.saveTitle} />}
      <div className="btns">
        <Button
          type="submit"
          variant="secondary"
          small
          data-key="save"
          aria-disabled={form.pending}
        >
          {t.save}
        </Button>
        {form.dirty && (
          <Button variant="quiet" small onClick={form.discard}>
            {t.discard}
          </Button>
        )}
        {children}
        <span className="save" role="status">
          {form.dirty ? (
            t.kept
          ) : form.savedAt ? (
            <>
              <Icon name="check" size={14} />
              {t.savedAt(formatTime(form.savedAt, lang))}
            </>
          ) : null}
        </span>
      </div>
    </div>
  );
}

interface WritingLanguageProps {
  body: ItemBody;
  value: Lang;
  onChange: (lang: Lang) => void;
}

/** In which language the parts are being written, and which lacks something. */
function WritingLanguage({ body, value, onChange }: WritingLanguageProps) {
  const texts = useTexts();
  const t = texts.meetings.item;
  const missing = (lang: Lang) =>
    itemTexts.some((name) => !body[name][lang] && languages.some((other) => body[name][other]));
  return (
    <div className="writing">
      <Segments
        small
        label={t.writing}
        value={value}
        options={languages.map((lang) => {
          const language = texts.ui.languageNames[lang];
          return { value: lang, label: missing(lang) ? t.writingMissing(language) : language };
        })}
        onChange={onChange}
      />
    </div>
  );
}

interface PartFieldProps {
  form: ItemForm;
  name: (typeof itemTexts)[number];
  writing: Lang;
  rows?: number;
  oneLine?: boolean;
  hint?: string;
}

function PartField({ form, name, writing, rows, oneLine, hint }: PartFieldProps) {
  const texts = useTexts();
  const label = texts.meetings.item[name];
  const Field = rows === undefined ? TextField : TextArea;
  return (
    <div className="f">
      <Field
        label={label}
        hint={hint}
        lang={writing}
        value={form.body[name][writing] ?? ''}
        onChange={(value) => form.set({ [name]: { ...form.body[name], [writing]: value } })}
        error={form.error(`/${name}/${writing}`)}
        {...(rows === undefined ? {} : { rows, oneLine })}
      />
    </div>
  );
}

interface AllFieldsProps {
  form: ItemForm;
  writing: Lang;
  meeting: Meeting;
}

/** Fields that not every item needs; open where something stands in them. */
function More({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  const [opened] = useState(open);
  return (
    <details className="more" open={opened}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function written(body: ItemBody, names: readonly (typeof itemTexts)[number][]): boolean {
  return names.some((name) => languages.some((lang) => body[name][lang]));
}

function AllFields({ form, writing, meeting }: AllFieldsProps) {
  const texts = useTexts();
  const t = texts.meetings.item;
  const preparing = meeting.status === 'draft' || meeting.status === 'called';
  const field = { form, writing };
  return (
    <>
      <PartField {...field} name="title" rows={2} oneLine />
      <div className="g2">
        <PostPicker
          label={t.presenterLabel}
          value={form.body.presenter ?? null}
          onChange={(presenter) => form.set({ presenter })}
          error={form.error('/presenterPostId')}
        />
        <TextField
          label={t.reservedLabel}
          value={form.body.minutesReserved}
          onChange={(minutesReserved) => form.set({ minutesReserved })}
          error={form.error('/minutesReserved')}
        />
      </div>
      <PartField {...field} name="proposal" rows={5} hint={t.proposalHint} />
      <PartField {...field} name="explanation" rows={4} />
      <More
        title={`${t.proceedings}, ${t.decision.toLowerCase()}`}
        open={!preparing || written(form.body, ['proceedings', 'decision'])}
      >
        <PartField {...field} name="proceedings" rows={5} />
        <PartField {...field} name="decision" rows={3} />
      </More>
      <More
        title={`${t.preparer}, ${t.heard.toLowerCase()}, ${t.goesOnTo.toLowerCase()}, ${t.sectionLabel.toLowerCase()}`}
        open={written(form.body, ['preparer', 'heard', 'goesOnTo']) || form.body.section !== ''}
      >
        <div className="g2">
          <PartField {...field} name="preparer" rows={2} />
          <PartField {...field} name="heard" rows={2} />
          <PartField {...field} name="goesOnTo" rows={2} />
          <div className="f">
            <TextField
              label={t.sectionLabel}
              hint={meeting.paper === 'minutes' ? t.sectionHint : undefined}
              value={form.body.section}
              onChange={(section) => form.set({ section })}
              error={form.error('/section')}
              optional
            />
          </div>
        </div>
      </More>
      <More
        title={`${texts.content.cases}, ${texts.content.legalBases.toLowerCase()}`}
        open={form.body.cases.length > 0 || form.error('/cases') !== undefined}
      >
        <ReferencesField
          legalBasisIds={form.body.legalBasisIds}
          cases={form.body.cases}
          onChange={form.set}
          error={form.error}
        />
      </More>
      <div className="f">
        <VisibilityField
          visibility={form.body.visibility}
          ground={form.body.visibilityGround}
          onChange={form.set}
          error={form.error}
        />
      </div>
    </>
  );
}
