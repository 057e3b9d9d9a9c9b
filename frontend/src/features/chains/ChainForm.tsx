import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useParties } from '../../api/parties';
import { tagsQuery, themesQuery } from '../../api/terms';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import type { Drafting } from '../../content/drafting';
import { ReferencesField } from '../../content/ReferencesField';
import { ResponsibilitiesField } from '../../content/ResponsibilitiesField';
import { TagsField } from '../../content/TagsField';
import { offered, useTermName } from '../../content/terms';
import { VisibilityField } from '../../content/VisibilityField';
import { useLang, useTexts, type Texts } from '../../i18n';
import { ofNow } from '../../lib/asOf';
import type { Lang } from '../../lib/lang';
import { complete, localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { EditForm, type Editing } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Drawing } from './Drawing';
import { bodyOfChain, bodyOfDraft, emptyChain, facesOf, inputOf, type ChainBody } from './edit';
import { HandoversField } from './HandoversField';
import { StagesField } from './StagesField';
import type { Chain, ChainInput } from './types';
import { useUndo } from './useUndo';
import './chains.css';

interface ChainFormProps {
  /** Left out for a new chain. */
  chain?: Chain;
  /** The hand-over whose fields the form opens with. */
  startAt?: string;
  /** Where the change is saved as a draft. */
  drafting?: Drafting<ChainInput>;
  save: (body: ChainInput, version: number, key: string) => Promise<Chain>;
  onSaved: (chain: Chain) => void;
  onCancel: () => void;
}

/**
 * Creates a chain or changes one. Its stages and hand-overs are added, moved, split and ended in
 * the form, with the drawing above it; what was done can be undone until it is saved, in one go.
 */
export function ChainForm(props: ChainFormProps) {
  const { chain, startAt, drafting, save, onSaved, onCancel } = props;
  const texts = useTexts();
  const lang = useLang();
  const t = texts.chains;
  return (
    <EditForm<ChainBody, Chain | undefined>
      label={chain ? t.edit : t.create}
      initial={
        chain && drafting?.opened
          ? bodyOfDraft(chain, drafting.opened)
          : chain
            ? bodyOfChain(chain)
            : { ...emptyChain, visibilityGround: texts.chains.newGround }
      }
      version={chain?.version}
      // What cannot be said in a request is refused as the server refuses: at its field.
      save={async (body, version) =>
        drafting ? drafting.save(inputOf(body)) : save(inputOf(body), version, body.key)
      }
      saveLabel={drafting?.saveLabel}
      below={drafting?.below}
      onSaved={(saved) => saved && onSaved(saved)}
      onCancel={onCancel}
      current={(resource) => {
        if (chain && drafting) {
          return { body: bodyOfDraft(chain, drafting.current(resource)), version: 0 };
        }
        const saved = resource as Chain;
        return { body: bodyOfChain(saved), version: saved.version };
      }}
      savedBy={(changed) => <ChangedBy changed={changed} />}
      describe={(body) => describe(body, texts, lang)}
    >
      {(editing) => <Fields editing={editing} chain={chain} startAt={startAt} />}
    </EditForm>
  );
}

/** The form in lines, for comparing two versions. */
function describe(body: ChainBody, texts: Texts, lang: Lang) {
  const t = texts.chains;
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const stageNo = (key: string) => body.stages.findIndex((stage) => stage.key === key) + 1;
  return [
    ...(['title', 'description'] as const).flatMap((field) =>
      inEachLanguage(
        texts,
        field,
        { title: t.titleField, description: t.description }[field],
        body[field],
      ),
    ),
    {
      key: 'stages',
      label: t.stages,
      text: body.stages
        .map(({ title, description, targetGroup, channel, languages }, index) =>
          [`${index + 1} ${word(title)}`, word(description), word(targetGroup), word(channel)]
            .concat(languages)
            .filter(Boolean)
            .join(', '),
        )
        .join('; '),
    },
    {
      key: 'handovers',
      label: texts.handovers.form.handovers,
      text: body.handovers
        .map((handover) =>
          [
            `${stageNo(handover.from)}–${stageNo(handover.to)} ${word(handover.what)}`,
            word(handover.channel),
            handover.targetDays,
            texts.ui.gaps[handover.gap].toLowerCase(),
            word(handover.gapReason),
            handover.nextReviewOn,
            ...handover.evidence.map(({ title, url }) => `${word(title)} ${url}`.trim()),
          ]
            .filter(Boolean)
            .join(', '),
        )
        .join('; '),
    },
    { key: 'visibility', label: texts.content.visibility, text: texts.content[body.visibility] },
  ];
}

interface FieldsProps {
  editing: Editing<ChainBody>;
  chain: Chain | undefined;
  startAt: string | undefined;
}

function Fields({ editing, chain, startAt }: FieldsProps) {
  const texts = useTexts();
  const t = texts.chains;
  const words = texts.handovers.form;
  const lang = useLang();
  const themes = useQuery(themesQuery(ofNow)).data ?? [];
  const tags = useQuery(tagsQuery(ofNow)).data ?? [];
  const nameOf = useTermName();
  const parties = useParties().data ?? [];
  const { body, error, errors } = editing;
  const undo = useUndo(body, editing.set);
  const [said, setSaid] = useState('');
  const fields = useRef<HTMLDivElement>(null);
  const set = (part: Partial<ChainBody>, tag?: string) => {
    undo.change({ ...body, ...part }, tag ?? Object.keys(part).join());
    setSaid('');
  };
  const focus = (key: string) => focusWithin(fields.current, key);

  // The press on "edit the hand-over" leads to its fields.
  useEffect(() => {
    if (startAt !== undefined) focusWithin(fields.current, startAt);
  }, [startAt]);

  const stepBack = () => undo.undo() && setSaid(words.undone);
  const stepOn = () => undo.redo() && setSaid(words.redone);
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || isText(event.target)) return;
    const key = event.key.toLowerCase();
    const on = key === 'y' || (key === 'z' && event.shiftKey);
    if (!on && key !== 'z') return;
    event.preventDefault();
    if (on) stepOn();
    else stepBack();
  };

  const faces = facesOf(body, chain);
  return (
    // The keys only repeat what the buttons do.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="ch-form" ref={fields} onKeyDown={keys}>
      {body.stages.length > 0 && (
        <Drawing
          title={words.preview}
          chain={{
            ...faces,
            actions: chain?.actions ?? [],
            goals: chain?.goals,
            forums: chain?.forums,
          }}
          onPick={(_, key) => focus(key)}
        />
      )}
      <div className="ch-undo">
        <Button
          variant="secondary"
          small
          aria-disabled={!undo.canUndo || undefined}
          onClick={stepBack}
        >
          {words.undo}
        </Button>
        <Button
          variant="secondary"
          small
          aria-disabled={!undo.canRedo || undefined}
          onClick={stepOn}
        >
          {words.redo}
        </Button>
        <span className="meta" role="status">
          {said}
        </span>
      </div>
      <LocalisedField
        label={t.titleField}
        value={body.title}
        onChange={(title) => set({ title: complete(title) })}
        errors={errors('/title')}
        maxLength={300}
      />
      <LocalisedField
        label={t.description}
        value={body.description}
        onChange={(description) => set({ description: complete(description) })}
        errors={errors('/description')}
        maxLength={5000}
        multiline
      />
      <div className="fields">
        {!chain && (
          <TextField
            label={t.key}
            hint={t.keyHint}
            value={body.key}
            onChange={(key) => set({ key })}
            error={error('/key')}
          />
        )}
        <Select
          label={t.theme}
          value={body.themeId}
          options={[
            { value: '', label: t.noTheme },
            ...offered(themes, [body.themeId, chain?.themeId ?? '']).map((theme) => ({
              value: theme.id,
              label: nameOf(theme),
            })),
          ]}
          onChange={(themeId) => set({ themeId })}
          error={error('/themeId')}
        />
      </div>
      <StagesField
        editing={{ ...editing, set }}
        say={setSaid}
        parties={parties.map(({ id, shortName }) => ({
          value: id,
          label: localised(shortName, lang).value,
        }))}
      />
      <HandoversField editing={{ ...editing, set }} />
      <ResponsibilitiesField
        value={body.responsibilities}
        onChange={(responsibilities) => set({ responsibilities })}
        error={error('/responsibilities')}
      />
      <TagsField
        tags={tags}
        value={body.tagIds}
        before={chain?.tagIds}
        onChange={(tagIds) => set({ tagIds })}
        error={error('/tagIds')}
      />
      <ReferencesField
        legalBasisIds={body.legalBasisIds}
        cases={body.cases}
        onChange={set}
        error={error}
      />
      <VisibilityField
        visibility={body.visibility}
        ground={body.visibilityGround}
        onChange={set}
        error={error}
      />
    </div>
  );
}

/** Leads to the fields of a stage or hand-over, which its key marks; opens them first. */
function focusWithin(fields: HTMLElement | null, key: string) {
  const found = fields?.querySelector<HTMLElement>(`[data-key="${key}"]`);
  if (!found) return;
  const focus = () => {
    found.scrollIntoView({ block: 'start' });
    found.querySelector<HTMLElement>('input, textarea, select')?.focus({ preventScroll: true });
  };
  const folded = found.querySelector<HTMLDetailsElement>('details.ch-fold');
  if (!folded || folded.open || found.querySelector('input, textarea, select')) {
    focus();
    return;
  }
  // The fields of a hand-over are there once they have been opened.
  folded.addEventListener('toggle', () => setTimeout(focus), { once: true });
  folded.open = true;
}

/** Whether the browser's own undo is meant. */
function isText(target: EventTarget): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}
