import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import type { Party } from '../../api/parties';
import { ChangedBy } from '../../content/ChangedBy';
import { usePersonSearch } from '../../api/people';
import type { Post } from '../../api/posts';
import { unitOptions, unitsQuery, type Unit } from '../../api/units';
import { useLang, useTexts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import { formatDate } from '../../lib/dates';
import { localised, type LocalisedText } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { ComboBox, type ComboOption } from '../../ui/forms/ComboBox';
import { DateField, TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { EditForm } from '../../ui/forms/EditForm';
import { fieldError } from '../../ui/problemTexts';
import { Segments } from '../../ui/Segments';
import { ErrorState, Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { EndHolding } from './EndHolding';
import {
  holdingsOfQuery,
  useAddHolding,
  useRenameParty,
  useSavePost,
  useSaveUnit,
  type Holding,
} from './queries';

type Text = { fi: string; sv: string; en: string };

const noText: Text = { fi: '', sv: '', en: '' };

function full(text: LocalisedText): Text {
  return { fi: text.fi ?? '', sv: text.sv ?? '', en: text.en ?? '' };
}

/** A form within the tree: it takes the focus on opening and gives it back on closing. */
function RowFrame({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    frame.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div className="upd" ref={frame}>
      {children}
    </div>
  );
}

const inOneLine = (text: Text) => [text.fi, text.sv, text.en].filter(Boolean).join(' / ');

/** A day in words, or what was typed. */
function dayInWords(day: string | undefined, lang: ReturnType<typeof useLang>): string {
  return day ? formatDate(day, lang) : '';
}

export function PartyForm({ party, onClose }: { party: Party; onClose: () => void }) {
  const texts = useTexts();
  const t = texts.organisation;
  const lang = useLang();
  const tell = useToast();
  const { mutateAsync } = useRenameParty(party);
  return (
    <RowFrame>
      <EditForm
        label={t.form.partyLabel(localised(party.name, lang).value)}
        initial={{ name: full(party.name), shortName: full(party.shortName) }}
        version={party.version}
        save={(body, version) => mutateAsync({ body, version })}
        current={(resource) => {
          const saved = resource as Party;
          return {
            body: { name: full(saved.name), shortName: full(saved.shortName) },
            version: saved.version,
          };
        }}
        savedBy={(changed) => <ChangedBy changed={changed} />}
        describe={(draft) => [
          { key: 'name', label: t.form.partyName, text: inOneLine(draft.name) },
          { key: 'shortName', label: t.form.partyShort, text: inOneLine(draft.shortName) },
        ]}
        onSaved={() => {
          tell(t.saved.party);
          onClose();
        }}
        onCancel={onClose}
      >
        {({ body: draft, set: change, errors }) => (
          <>
            <LocalisedField
              label={t.form.partyName}
              value={draft.name}
              onChange={(name) => change({ name: full(name) })}
              errors={errors('/name')}
            />
            <LocalisedField
              label={t.form.partyShort}
              value={draft.shortName}
              onChange={(shortName) => change({ shortName: full(shortName) })}
              errors={errors('/shortName')}
            />
          </>
        )}
      </EditForm>
    </RowFrame>
  );
}

interface Period {
  validFrom: string;
  /** Empty while it goes on. */
  validTo?: string;
}

interface PeriodFieldsProps {
  period: Period;
  onChange: (period: Period) => void;
  hint: string;
  error: (pointer: string) => string | undefined;
}

function PeriodFields({ period, onChange, hint, error }: PeriodFieldsProps) {
  const t = useTexts().organisation.form;
  return (
    <div className="org-period">
      <DateField
        label={t.validFrom}
        value={period.validFrom}
        onChange={(validFrom) => onChange({ ...period, validFrom })}
        error={error('/validFrom')}
      />
      <DateField
        label={t.validTo}
        optional
        hint={hint}
        value={period.validTo ?? ''}
        onChange={(validTo) => onChange({ ...period, validTo: validTo || undefined })}
        error={error('/validTo')}
      />
    </div>
  );
}

interface UnitDraft extends Period {
  parentId?: string;
  name: Text;
}

interface UnitFormProps {
  partyId: string;
  /** The unit to change; left out for a new one. */
  unit?: Unit;
  /** Above a new unit; left out at the top. */
  parentId?: string;
  today: string;
  onClose: () => void;
}

export function UnitForm({ partyId, unit, parentId, today, onClose }: UnitFormProps) {
  const texts = useTexts();
  const t = texts.organisation;
  const lang = useLang();
  const tell = useToast();
  const { mutateAsync } = useSaveUnit(partyId, unit);
  const units = useQuery(unitsQuery({ asOf: ofNow })).data ?? [];
  const choices = unitOptions(
    units.filter(({ id }) => id !== unit?.id),
    partyId,
    lang,
  );
  const parents = [{ value: '', label: t.form.top }, ...choices];
  const toDraft = (saved: Unit): UnitDraft => ({
    parentId: saved.parentId,
    name: full(saved.name),
    validFrom: saved.validFrom,
    validTo: saved.validTo,
  });
  return (
    <RowFrame>
      <EditForm
        label={unit ? t.form.unitLabel(localised(unit.name, lang).value) : t.form.newUnit}
        initial={unit ? toDraft(unit) : { parentId, name: noText, validFrom: today }}
        version={unit?.version}
        save={(body, version) => mutateAsync({ body, version })}
        current={(resource) => {
          const saved = resource as Unit;
          return { body: toDraft(saved), version: saved.version };
        }}
        savedBy={(changed) => <ChangedBy changed={changed} />}
        describe={(draft) => [
          { key: 'name', label: t.form.unitName, text: inOneLine(draft.name) },
          {
            key: 'parent',
            label: t.form.parent,
            text: parents.find(({ value }) => value === (draft.parentId ?? ''))?.label ?? '',
          },
          { key: 'from', label: t.form.validFrom, text: dayInWords(draft.validFrom, lang) },
          { key: 'to', label: t.form.validTo, text: dayInWords(draft.validTo, lang) },
        ]}
        onSaved={(saved) => {
          tell(t.saved.unit(localised(saved.name, lang).value));
          onClose();
        }}
        onCancel={onClose}
      >
        {({ body: draft, set: change, error, errors }) => (
          <>
            <LocalisedField
              label={t.form.unitName}
              value={draft.name}
              onChange={(name) => change({ name: full(name) })}
              errors={errors('/name')}
            />
            <Select
              label={t.form.parent}
              options={parents}
              value={draft.parentId ?? ''}
              onChange={(chosen) => change({ parentId: chosen || undefined })}
              error={error('/parentId')}
            />
            <PeriodFields period={draft} onChange={change} hint={t.form.unitToHint} error={error} />
          </>
        )}
      </EditForm>
    </RowFrame>
  );
}

interface PostDraft extends Period {
  unitId: string;
  title: Text;
  serviceAddress: string;
}

interface PostFormProps {
  partyId: string;
  /** The post to change; left out for a new one. */
  post?: Post;
  /** Where a new post goes. */
  unitId: string;
  today: string;
  onClose: () => void;
}

export function PostForm({ partyId, post, unitId, today, onClose }: PostFormProps) {
  const texts = useTexts();
  const t = texts.organisation;
  const lang = useLang();
  const tell = useToast();
  const { mutateAsync } = useSavePost(post);
  const choices = unitOptions(useQuery(unitsQuery({ asOf: ofNow })).data ?? [], partyId, lang);
  const here = post?.unitPath.map(({ name }) => localised(name, lang).value).join(' › ');
  const units =
    here && !choices.some(({ value }) => value === unitId)
      ? [{ value: unitId, label: here }, ...choices]
      : choices;
  const toDraft = (saved: Post): PostDraft => ({
    unitId: saved.unitId,
    title: full(saved.title),
    serviceAddress: saved.serviceAddress,
    validFrom: saved.validFrom,
    validTo: saved.validTo,
  });
  return (
    <RowFrame>
      <EditForm
        label={post ? t.form.postLabel(localised(post.title, lang).value) : t.form.newPost}
        initial={
          post ? toDraft(post) : { unitId, title: noText, serviceAddress: '', validFrom: today }
        }
        version={post?.version}
        save={(body, version) => mutateAsync({ body, version })}
        current={(resource) => {
          const saved = resource as Post;
          return { body: toDraft(saved), version: saved.version };
        }}
        savedBy={(changed) => <ChangedBy changed={changed} />}
        describe={(draft) => [
          { key: 'title', label: t.form.postTitle, text: inOneLine(draft.title) },
          {
            key: 'unit',
            label: t.form.unit,
            text: units.find(({ value }) => value === draft.unitId)?.label ?? '',
          },
          { key: 'address', label: t.form.address, text: draft.serviceAddress },
          { key: 'from', label: t.form.validFrom, text: dayInWords(draft.validFrom, lang) },
          { key: 'to', label: t.form.validTo, text: dayInWords(draft.validTo, lang) },
        ]}
        onSaved={(saved) => {
          tell(t.saved.post(localised(saved.title, lang).value));
          onClose();
        }}
        onCancel={onClose}
      >
        {({ body: draft, set: change, error, errors }) => (
          <>
            <LocalisedField
              label={t.form.postTitle}
              value={draft.title}
              onChange={(title) => change({ title: full(title) })}
              errors={errors('/title')}
            />
            <Select
              label={t.form.unit}
              options={units}
              value={draft.unitId}
              onChange={(chosen) => change({ unitId: chosen })}
              error={error('/unitId')}
            />
            <TextField
              label={t.form.address}
              hint={t.form.addressHint}
              optional
              value={draft.serviceAddress}
              onChange={(serviceAddress) => change({ serviceAddress })}
              error={error('/serviceAddress')}
            />
            <PeriodFields period={draft} onChange={change} hint={t.form.postToHint} error={error} />
          </>
        )}
      </EditForm>
    </RowFrame>
  );
}

interface HoldersProps {
  post: Post;
  today: string;
  onClose: () => void;
}

/** Who has held a post, to end a holding and to add one. */
export function Holders({ post, today, onClose }: HoldersProps) {
  const texts = useTexts();
  const t = texts.organisation;
  const lang = useLang();
  const query = useQuery(holdingsOfQuery(post.id, ofNow));
  const [ending, setEnding] = useState<string>();
  const name = localised(post.title, lang).value;
  return (
    <section className="upd" aria-label={t.holdersOf(name)}>
      <h3>{t.form.history}</h3>
      <Loaded query={query}>
        {(holdings) =>
          holdings.length === 0 ? (
            <p className="meta">{t.form.noHistory}</p>
          ) : (
            <ul className="hl">
              {holdings.map((holding) => (
                <li key={holding.id}>
                  <HoldingRow
                    holding={holding}
                    today={today}
                    ending={ending === holding.id}
                    onEnd={(open) => setEnding(open ? holding.id : undefined)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <NewHolding post={post} today={today} />
      <p>
        <Button variant="quiet" small onClick={onClose}>
          {texts.ui.close}
        </Button>
      </p>
    </section>
  );
}

interface HoldingRowProps {
  holding: Holding;
  today: string;
  ending: boolean;
  onEnd: (open: boolean) => void;
}

function HoldingRow({ holding, today, ending, onEnd }: HoldingRowProps) {
  const t = useTexts().organisation;
  const lang = useLang();
  const { person, kind, validFrom, validTo } = holding;
  const neverCounted = validTo !== undefined && validTo < validFrom;
  const over = validTo !== undefined && validTo < today;
  return (
    <>
      <div className="org-holding">
        <span>
          {person.name}
          {kind === 'deputy' && `, ${t.deputy}`}
        </span>
        <span className="meta">
          {neverCounted
            ? t.form.neverInForce
            : validTo
              ? `${formatDate(validFrom, lang)}–${formatDate(validTo, lang)}`
              : t.from(formatDate(validFrom, lang))}
        </span>
        {!over && !neverCounted && holding.permissions.includes('holding.edit') && (
          <Button
            variant="quiet"
            small
            aria-expanded={ending}
            aria-label={t.form.endHoldingOf(person.name)}
            onClick={() => onEnd(!ending)}
          >
            {t.form.endHolding}
          </Button>
        )}
      </div>
      {ending && <EndHolding holding={holding} today={today} onClose={() => onEnd(false)} />}
    </>
  );
}

function NewHolding({ post, today }: { post: Post; today: string }) {
  const texts = useTexts();
  const t = texts.organisation;
  const tell = useToast();
  const people = usePersonSearch([post.partyId]);
  const [person, setPerson] = useState<ComboOption | null>(null);
  const [kind, setKind] = useState<Holding['kind']>('holder');
  const [period, setPeriod] = useState<Period>({ validFrom: today });
  const [saved, setSaved] = useState(0);
  const { mutateAsync, isPending, error } = useAddHolding();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isPending) return;
    whenSaved(mutateAsync({ postId: post.id, personId: person?.id ?? '', kind, ...period }), () => {
      tell(t.saved.holding);
      setPerson(null);
      setPeriod({ validFrom: today });
      setSaved(saved + 1);
    });
  };
  return (
    <form className="org-inner" aria-label={t.form.newHolding} onSubmit={submit} noValidate>
      <h3>{t.form.newHolding}</h3>
      <ComboBox
        key={saved}
        label={t.form.person}
        hint={t.form.personHint}
        value={person}
        onChange={setPerson}
        options={people.found}
        onSearch={people.search}
        loading={people.loading}
        error={fieldError(error, '/personId', texts)}
      />
      <Segments
        label={t.form.kind}
        options={(['holder', 'deputy'] as const).map((value) => ({
          value,
          label: t.form.kinds[value],
        }))}
        value={kind}
        onChange={setKind}
      />
      <PeriodFields
        period={period}
        onChange={setPeriod}
        hint={t.form.holdingToHint}
        error={(pointer) => fieldError(error, pointer, texts)}
      />
      {error && <ErrorState error={error} title={texts.problems.saveTitle} />}
      <div className="btns">
        <Button type="submit" variant="secondary" small aria-disabled={isPending}>
          {t.form.add}
        </Button>
      </div>
    </form>
  );
}
