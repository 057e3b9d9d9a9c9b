import { memo, useEffect, useId, useMemo, useState, type ReactNode } from 'react';
import { usePartyLooks } from '../../api/parties';
import { ChangedBy } from '../../content/ChangedBy';
import { GroundMark } from '../../content/GroundMark';
import { ReferencesField } from '../../content/ReferencesField';
import { VisibilityField } from '../../content/VisibilityField';
import { T, useLang, useTexts } from '../../i18n';
import { formatTime } from '../../lib/dates';
import { useFocusAfter } from '../../lib/focus';
import { same } from '../../lib/merge';
import { languages, type Lang } from '../../lib/lang';
import { Problem } from '../../lib/problem';
import { localised } from '../../lib/text';
import type { Typed } from '../../lib/typed';
import { Button } from '../../ui/Button';
import { TextArea, TextField } from '../../ui/forms/fields';
import { Icon } from '../../ui/Icon';
import { markWords } from '../../ui/markWords';
import { PartyMark } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { Prose } from '../../ui/Prose';
import { Segments } from '../../ui/Segments';
import { ErrorState } from '../../ui/states';
import { Documents } from './Attachments';
import { CaseLinks } from './CaseLinks';
import { ItemClash } from './Clash';
import { useDesk, useWriter } from './desk';
import { Handlings } from './Handlings';
import { describeItem, itemBody, itemTexts, keptItem, type ItemBody } from './forms';
import { isClean, mergeItem, type ItemMerge } from './merging';
import { Outcomes } from './Outcomes';
import { PostPicker } from '../../content/PostPicker';
import { RemoveItem } from './RemoveItem';
import { TransferItem } from './TransferItem';
import { QuorumMark } from './QuorumMark';
import { type AgendaItem, type DeskState, type Meeting } from './queries';

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
  const form = useItemForm(meeting, item);
  const { desk } = useDesk();
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
      <h2 id={heading} tabIndex={-1}>
        <T text={item.title} />
      </h2>
      <QuorumMark item={item} />
      {item.visibility === 'internal' && <GroundMark ground={item.visibilityGround} />}
      <CaseLinks cases={item.cases} />
      <Handlings item={item} />
      <Documents item={item} edit={may} />
      {(may || meeting.permissions.includes('meeting.record')) && item.kind === 'item' && (
        <TransferItem meeting={meeting} item={item} />
      )}
      {may ? (
        <form
          aria-label={t.editLabel(localised(item.title, lang).value)}
          onSubmit={(event) => {
            event.preventDefault();
            void form.save();
          }}
          onBlur={form.left}
          noValidate
        >
          <Leftovers form={form} item={item} />
          {form.blocked && (
            <p className="note">
              <Icon name="pen" size={14} />{' '}
              {t.othersText(localised(form.blocked.title, lang).value)}
            </p>
          )}
          <fieldset className="plain" disabled={form.blocked !== undefined && !form.dirty}>
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
          </fieldset>
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
              <RemoveItem item={item} onRemoved={() => desk.set(keptItem(item.id), undefined)} />
            )}
          </SaveBar>
        </form>
      ) : (
        itemTexts.slice(1).map((name) => <Part key={name} item={item} name={name} />)
      )}
      {!preparing && (
        <>
          <ItemOutcomes meeting={meeting} item={item} />
          {onNext && (
            <p className="btns out-n">
              <Button small onClick={onNext}>
                {t.next} <Icon name="arrow" />
              </Button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** What came of the item: it does not follow each key that is typed above it. */
const ItemOutcomes = memo(Outcomes);

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

/** The form of one item: typing waits for nothing, the desk takes care of the rest. */
function useItemForm(meeting: Meeting, item: AgendaItem) {
  const texts = useTexts();
  const { state } = useDesk();
  const typing = useWriter(item);
  const { writer, clash, problem } = typing;
  const key = keptItem(item.id);
  // Somebody else holds the pen: their text shows as they type it.
  const blocked =
    meeting.status === 'in_progress' && state?.pen && !state.pen.mine
      ? state.pen.holder
      : undefined;
  const theirs = blocked
    ? state?.autosaves.find((draft) => draft.key === key && draft.post.id === blocked.id)
    : undefined;
  const shown = blocked && !typing.dirty && theirs ? bodyOf(theirs.content, item) : typing.body;
  const held = problem instanceof Problem && problem.code === 'pen_held';
  const stale = clash?.failure instanceof Problem ? clash.failure : undefined;
  const merge = useMemo(
    () => (clash ? mergeItem(typing.body, typing.base, clash.body) : undefined),
    [clash, typing.body, typing.base],
  );
  return {
    body: shown,
    set: (part: Partial<ItemBody>) => writer.set(part),
    dirty: typing.dirty,
    pending: typing.pending,
    blocked,
    savedAt: typing.savedAt,
    problem: held ? null : problem,
    error: (pointer: string) => fieldError(problem, pointer, texts),
    left: () => writer.left(),
    save: () => writer.commit(),
    discard: () => writer.discard({ body: itemBody(item), version: item.version }),
    /** What somebody else typed and left: a crash, or the pen taken from them. */
    leftovers: (state?.autosaves ?? []).filter(
      (draft) =>
        draft.key === key &&
        !draft.mine &&
        draft.post.id !== blocked?.id &&
        !same(bodyOf(draft.content, item), typing.body),
    ),
    take: (draft: DeskState['autosaves'][number]) => {
      const { base } = draft.content as unknown as Typed;
      return mergeItem(bodyOf(draft.content, item), bodyOf({ body: base }, item), typing.body);
    },
    /** What somebody else saved in between, paragraph by paragraph. */
    conflict:
      clash && merge
        ? { merge, changed: stale?.changed, settle: (body: ItemBody) => void writer.settle(body) }
        : undefined,
  };
}

type ItemForm = ReturnType<typeof useItemForm>;

/** An item as somebody typed it; a field that the page has since got is as it is saved. */
function bodyOf(content: Readonly<Record<string, unknown>>, item: AgendaItem): ItemBody {
  return { ...itemBody(item), ...(content.body as Partial<ItemBody> | undefined) };
}

/** What somebody else typed in this item that is not in it: beside it, to take in or to leave. */
function Leftovers({ form, item }: { form: ItemForm; item: AgendaItem }) {
  const texts = useTexts();
  const t = texts.meetings.clash;
  const lang = useLang();
  const look = usePartyLooks(lang);
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const [merge, setMerge] = useState<ItemMerge>();
  const shown = form.leftovers.filter(({ savedAt }) => !hidden.includes(savedAt));
  if (merge) {
    return (
      <ItemClash
        merge={merge}
        saving={form.pending}
        onSettle={(body) => {
          form.set(body);
          setMerge(undefined);
        }}
      />
    );
  }
  return shown.map((draft) => {
    const saved = describeItem(itemBody(item), texts);
    const fields = describeItem(bodyOf(draft.content, item), texts).filter(
      ({ key, text }) => text !== saved.find((field) => field.key === key)?.text,
    );
    const hide = () => setHidden([...hidden, draft.savedAt]);
    const take = () => {
      const merged = form.take(draft);
      hide();
      if (isClean(merged)) form.set(merged.body);
      else setMerge(merged);
    };
    return (
      <aside key={draft.savedAt} className="note beside">
        <p>
          <PartyMark party={look(draft.post.partyId)} />{' '}
          {t.leftover(localised(draft.post.title, lang).value, formatTime(draft.savedAt, lang))}
        </p>
        {fields.map(({ key, label, text }) => (
          <div key={key}>
            <p className="cfl">{label}</p>
            <p className="cft">
              {markWords(saved.find((field) => field.key === key)?.text ?? '', text)}
            </p>
          </div>
        ))}
        <p className="btns">
          <Button variant="secondary" small onClick={take}>
            {t.takeIn}
          </Button>
          <Button variant="quiet" small onClick={hide}>
            {t.leaveOut}
          </Button>
        </p>
      </aside>
    );
  });
}

interface SaveBarProps {
  form: ItemForm;
  children: ReactNode;
}

/** Saving at once, and the paragraphs to choose from where two people wrote. */
function SaveBar({ form, children }: SaveBarProps) {
  const texts = useTexts();
  const t = texts.meetings.item;
  const { problem, conflict, dirty } = form;
  const bar = useFocusAfter<HTMLDivElement>(conflict !== undefined, '[data-key="save"]');
  useEffect(() => {
    if (problem) {
      bar.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [problem, bar]);
  if (conflict) {
    return (
      <ItemClash
        merge={conflict.merge}
        savedBy={conflict.changed && <ChangedBy changed={conflict.changed} />}
        saving={form.pending}
        onSettle={conflict.settle}
      />
    );
  }
  const offline = problem instanceof Problem && problem.status === 0;
  return (
    <div className="savebar" ref={bar}>
      {problem !== null && !offline && (
        <ErrorState error={problem} title={texts.problems.saveTitle} />
      )}
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
        {dirty && (
          <Button variant="quiet" small onClick={form.discard}>
            {t.discard}
          </Button>
        )}
        {children}
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
    <div className="f" data-key={name === 'proceedings' ? 'text' : undefined}>
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
