import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { partiesQuery } from '../../api/parties';
import type { CaseReference, Responsibility } from '../../api/posts';
import { themesQuery } from '../../api/terms';
import { ChangedBy } from '../../content/ChangedBy';
import { inEachLanguage } from '../../content/describe';
import { ReferencesField } from '../../content/ReferencesField';
import { ResponsibilitiesField, responsibilityInputs } from '../../content/ResponsibilitiesField';
import { VisibilityField, type VisibilityValue } from '../../content/VisibilityField';
import { useLang, useTexts } from '../../i18n';
import { complete, localised, noText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { EditForm, type Editing } from '../../ui/forms/EditForm';
import { TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import type { Chain, ChainInput, Stage } from './queries';

interface StageBody {
  /** Of the stage, or of this form for a new one. */
  key: string;
  id?: string;
  partyId: string;
  title: Stage['title'];
  description: Stage['title'];
  level: Stage['level'];
  responsibilities: Responsibility[];
}

interface Body {
  key: string;
  position: number;
  themeId: string;
  title: Chain['title'];
  description: Chain['title'];
  stages: StageBody[];
  responsibilities: Responsibility[];
  tagIds: string[];
  legalBasisIds: string[];
  cases: CaseReference[];
  visibility: VisibilityValue;
  visibilityGround: string;
}

const levels = ['universal', 'early_support', 'targeted', 'specialised', 'rehabilitation'] as const;
function bodyOfChain(chain: Chain): Body {
  return {
    key: chain.key,
    position: chain.position,
    themeId: chain.themeId ?? '',
    title: chain.title,
    description: chain.description,
    stages: chain.stages.map(({ id, partyId, title, description, level, responsibilities }) => ({
      key: id,
      id,
      partyId,
      title,
      description,
      level,
      responsibilities,
    })),
    responsibilities: chain.responsibilities,
    tagIds: chain.tagIds,
    legalBasisIds: chain.legalBasisIds,
    cases: chain.cases,
    visibility: chain.visibility,
    visibilityGround: chain.visibilityGround ?? '',
  };
}

function inputOf(body: Body): ChainInput {
  return {
    position: body.position,
    themeId: body.themeId || undefined,
    title: body.title,
    description: body.description,
    stages: body.stages.map(({ id, partyId, title, description, level, responsibilities }) => ({
      id,
      partyId,
      title,
      description,
      level,
      responsibilities: responsibilityInputs(responsibilities),
    })),
    responsibilities: responsibilityInputs(body.responsibilities),
    tagIds: body.tagIds,
    legalBasisIds: body.legalBasisIds,
    cases: body.cases,
    visibility: body.visibility,
    visibilityGround: body.visibility === 'internal' ? body.visibilityGround : '',
  };
}

interface ChainFormProps {
  /** Left out for a new chain. */
  chain?: Chain;
  save: (body: ChainInput, version: number, key: string) => Promise<Chain>;
  onSaved: (chain: Chain) => void;
  onCancel: () => void;
}

/** Creates a chain or changes one: its stages are added, moved and ended here. */
export function ChainForm({ chain, save, onSaved, onCancel }: ChainFormProps) {
  const texts = useTexts();
  const t = texts.chains;
  const lang = useLang();
  const themes = useQuery(themesQuery()).data;
  const parties = useQuery(partiesQuery).data;
  if (!themes || !parties) return null;
  return (
    <EditForm<Body, Chain>
      label={chain ? t.edit : t.create}
      initial={
        chain
          ? bodyOfChain(chain)
          : {
              key: '',
              position: 100,
              themeId: '',
              title: noText,
              description: noText,
              stages: [],
              responsibilities: [],
              tagIds: [],
              legalBasisIds: [],
              cases: [],
              visibility: 'public',
              visibilityGround: '',
            }
      }
      version={chain?.version}
      save={(body, version) => save(inputOf(body), version, body.key)}
      onSaved={onSaved}
      onCancel={onCancel}
      current={(resource) => {
        const saved = resource as Chain;
        return { body: bodyOfChain(saved), version: saved.version };
      }}
      savedBy={(changed) => <ChangedBy changed={changed} />}
      describe={(body) => [
        ...(['title', 'description'] as const).flatMap((field) =>
          inEachLanguage(texts, field, t[field], body[field]),
        ),
        {
          key: 'stages',
          label: t.stages,
          text: body.stages
            .map(({ title }, index) => `${index + 1} ${localised(title, lang).value}`)
            .join('; '),
        },
        {
          key: 'visibility',
          label: texts.content.visibility,
          text: texts.content[body.visibility],
        },
      ]}
    >
      {(editing) => {
        const { body, set, error, errors } = editing;
        return (
          <>
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
                  ...themes.map(({ id, title }) => ({
                    value: id,
                    label: localised(title, lang).value,
                  })),
                ]}
                onChange={(themeId) => set({ themeId })}
                error={error('/themeId')}
              />
            </div>
            <StagesField
              editing={editing}
              parties={parties.map(({ id, shortName }) => ({
                value: id,
                label: localised(shortName, lang).value,
              }))}
            />
            <ResponsibilitiesField
              value={body.responsibilities}
              onChange={(responsibilities) => set({ responsibilities })}
              error={error('/responsibilities')}
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
          </>
        );
      }}
    </EditForm>
  );
}

interface StagesFieldProps {
  editing: Editing<Body>;
  parties: readonly { value: string; label: string }[];
}

function StagesField({ editing, parties }: StagesFieldProps) {
  const t = useTexts().chains;
  const lang = useLang();
  const { body, set, errors } = editing;
  const { stages } = body;
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<string | null>(null);
  const change = (key: string, part: Partial<StageBody>) =>
    set({ stages: stages.map((stage) => (stage.key === key ? { ...stage, ...part } : stage)) });
  const move = (index: number, by: number) => {
    const next = [...stages];
    const [stage] = next.splice(index, 1);
    if (!stage) return;
    next.splice(index + by, 0, stage);
    moved.current = stage.key;
    set({ stages: next });
  };

  // The focus stays with the stage that was moved.
  useEffect(() => {
    if (moved.current === null) return;
    list.current
      ?.querySelector<HTMLElement>(`[data-stage="${moved.current}"] button:not([aria-disabled])`)
      ?.focus();
    moved.current = null;
  }, [stages]);

  return (
    <fieldset>
      <legend>{t.stages}</legend>
      <p className="hint meta">{t.stagesHint}</p>
      <ol className="rows" ref={list}>
        {stages.map((stage, index) => {
          const name = localised(stage.title, lang).value || t.newStage;
          return (
            <li key={stage.key} data-stage={stage.key}>
              <div className="btns">
                <b>{t.stageNo(index + 1)}</b>
                <Button
                  variant="quiet"
                  small
                  aria-label={t.earlier(name)}
                  aria-disabled={index === 0 || undefined}
                  onClick={() => index > 0 && move(index, -1)}
                >
                  {t.moveEarlier}
                </Button>
                <Button
                  variant="quiet"
                  small
                  aria-label={t.later(name)}
                  aria-disabled={index === stages.length - 1 || undefined}
                  onClick={() => index < stages.length - 1 && move(index, 1)}
                >
                  {t.moveLater}
                </Button>
                <Button
                  variant="quiet"
                  small
                  aria-label={t.endStage(name)}
                  onClick={() => set({ stages: stages.filter(({ key }) => key !== stage.key) })}
                >
                  {stage.id ? t.end : t.remove}
                </Button>
              </div>
              <LocalisedField
                label={t.stageTitle}
                value={stage.title}
                onChange={(title) => change(stage.key, { title: complete(title) })}
                errors={errors(`/stages/${index}/title`)}
                maxLength={300}
              />
              <div className="fields">
                <Select
                  label={t.party}
                  value={stage.partyId}
                  options={parties}
                  onChange={(partyId) => change(stage.key, { partyId })}
                />
                <Select
                  label={t.level}
                  value={stage.level}
                  options={levels.map((level) => ({ value: level, label: t.levels[level] }))}
                  onChange={(level) => change(stage.key, { level })}
                />
              </div>
              <details>
                <summary>{t.more}</summary>
                <div className="rows">
                  <LocalisedField
                    label={t.description}
                    value={stage.description}
                    onChange={(description) =>
                      change(stage.key, { description: complete(description) })
                    }
                    errors={errors(`/stages/${index}/description`)}
                    maxLength={5000}
                    multiline
                  />
                  <ResponsibilitiesField
                    value={stage.responsibilities}
                    onChange={(responsibilities) => change(stage.key, { responsibilities })}
                  />
                </div>
              </details>
            </li>
          );
        })}
      </ol>
      <Button
        variant="secondary"
        onClick={() =>
          set({
            stages: [
              ...stages,
              {
                key: crypto.randomUUID(),
                partyId: parties[0]?.value ?? '',
                title: noText,
                description: noText,
                level: 'universal',
                responsibilities: [],
              },
            ],
          })
        }
      >
        {t.addStage}
      </Button>
    </fieldset>
  );
}
