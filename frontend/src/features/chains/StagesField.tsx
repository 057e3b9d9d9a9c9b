import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { ResponsibilitiesField } from '../../content/ResponsibilitiesField';
import { useLang, useTexts } from '../../i18n';
import { complete, localised } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { TextField } from '../../ui/forms/fields';
import type { Editing } from '../../ui/forms/EditForm';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { Fold } from './Fold';
import {
  languageCodes,
  moved,
  newStage,
  split,
  touching,
  withoutStage,
  type ChainBody,
  type StageBody,
} from './edit';

/** The fields of a form whose changes can be undone; those of one tag are one step. */
export interface Undoable extends Omit<Editing<ChainBody>, 'set'> {
  set: (part: Partial<ChainBody>, tag?: string) => void;
}

interface StagesFieldProps {
  editing: Undoable;
  /** Tells what was done, to who does not see it. */
  say: (text: string) => void;
  parties: readonly { value: string; label: string }[];
}

export const levels = [
  'universal',
  'early_support',
  'targeted',
  'specialised',
  'rehabilitation',
] as const;

/** The stages in order: added, moved by buttons, keys or dragging, split and ended. */
export function StagesField({ editing, say, parties }: StagesFieldProps) {
  const texts = useTexts();
  const t = texts.chains;
  const words = texts.handovers.form;
  const lang = useLang();
  const { body, set, error, errors } = editing;
  const { stages, handovers } = body;
  const list = useRef<HTMLOListElement>(null);
  const [focus, setFocus] = useState<{ key: string; on: 'move' | 'title' } | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);

  const nameOf = (stage: StageBody) => localised(stage.title, lang).value || t.newStage;
  const change = (key: string, part: Partial<StageBody>) =>
    set(
      { stages: stages.map((stage) => (stage.key === key ? { ...stage, ...part } : stage)) },
      `stage ${key} ${Object.keys(part).join()}`,
    );
  const move = (stage: StageBody, by: number) => {
    const next = moved(stages, stage.key, by);
    set({ stages: next }, `move ${crypto.randomUUID()}`);
    say(words.moved(nameOf(stage), next.indexOf(stage) + 1));
    setFocus({ key: stage.key, on: 'move' });
  };
  const end = (key: string, fates = new Map<string, string>()) => {
    set(withoutStage(body, key, fates), `end ${key}`);
    setEnding(null);
  };

  // The focus stays with the stage that was moved, and goes to the one that was added.
  useEffect(() => {
    if (!focus) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-key="${focus.key}"]`);
    const target =
      focus.on === 'title' ? 'input, textarea' : '.btns button:not([aria-disabled="true"])';
    row?.querySelector<HTMLElement>(target)?.focus();
  }, [focus]);

  const keys = (event: KeyboardEvent, stage: StageBody, index: number) => {
    if (!event.altKey || event.target instanceof HTMLSelectElement) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined || !stages[index + by]) return;
    event.preventDefault();
    move(stage, by);
  };
  const drop = (event: DragEvent, index: number) => {
    const stage = stages.find(({ key }) => key === dragged);
    if (!stage) return;
    event.preventDefault();
    setDragged(null);
    const by = index - stages.indexOf(stage);
    if (by !== 0) move(stage, by);
  };

  return (
    <fieldset>
      <legend>{t.stages}</legend>
      <p className="hint meta">
        {t.stagesHint} {words.moveHint}
      </p>
      <ol className="rows" ref={list}>
        {stages.map((stage, index) => {
          const name = nameOf(stage);
          const at = `/stages/${index}`;
          const touched = touching(handovers, stage.key);
          return (
            // Keys and dragging only repeat what the buttons do.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={stage.key}
              data-key={stage.key}
              onKeyDown={(event) => keys(event, stage, index)}
              onDragOver={(event) => dragged !== null && event.preventDefault()}
              onDrop={(event) => drop(event, index)}
            >
              <div className="btns">
                <b
                  className="grip"
                  draggable
                  onDragStart={() => setDragged(stage.key)}
                  onDragEnd={() => setDragged(null)}
                >
                  {t.stageNo(index + 1)}
                </b>
                <Button
                  variant="quiet"
                  small
                  aria-label={t.earlier(name)}
                  aria-disabled={index === 0 || undefined}
                  onClick={() => index > 0 && move(stage, -1)}
                >
                  {t.moveEarlier}
                </Button>
                <Button
                  variant="quiet"
                  small
                  aria-label={t.later(name)}
                  aria-disabled={index === stages.length - 1 || undefined}
                  onClick={() => index < stages.length - 1 && move(stage, 1)}
                >
                  {t.moveLater}
                </Button>
                <Button
                  variant="quiet"
                  small
                  aria-label={words.splitOf(name)}
                  onClick={() => {
                    const next = split(body, stage.key);
                    set(next, `split ${crypto.randomUUID()}`);
                    say(words.splitDone);
                    setFocus({ key: next.stages[index + 1]?.key ?? '', on: 'title' });
                  }}
                >
                  {words.split}
                </Button>
                <Button
                  variant="quiet"
                  small
                  aria-label={t.endStage(name)}
                  aria-expanded={touched.length > 0 ? ending === stage.key : undefined}
                  onClick={() => (touched.length > 0 ? setEnding(stage.key) : end(stage.key))}
                >
                  {stage.id ? t.end : t.remove}
                </Button>
              </div>
              {ending === stage.key && (
                <Ending
                  body={body}
                  stage={stage}
                  onEnd={(fates) => end(stage.key, fates)}
                  onCancel={() => setEnding(null)}
                />
              )}
              <LocalisedField
                label={t.stageTitle}
                value={stage.title}
                onChange={(title) => change(stage.key, { title: complete(title) })}
                errors={errors(`${at}/title`)}
                maxLength={300}
              />
              <div className="fields">
                <Select
                  label={t.party}
                  value={stage.partyId}
                  options={parties}
                  onChange={(partyId) => change(stage.key, { partyId })}
                  error={error(`${at}/partyId`)}
                />
                <Select
                  label={t.level}
                  value={stage.level}
                  options={levels.map((level) => ({ value: level, label: t.levels[level] }))}
                  onChange={(level) => change(stage.key, { level })}
                  error={error(`${at}/level`)}
                />
              </div>
              <Fold forced={hasError(editing, at, stage)} summary={t.more}>
                {() => (
                  <>
                    <LocalisedField
                      label={t.description}
                      value={stage.description}
                      onChange={(description) =>
                        change(stage.key, { description: complete(description) })
                      }
                      errors={errors(`${at}/description`)}
                      maxLength={5000}
                      multiline
                    />
                    <LocalisedField
                      label={texts.handovers.targetGroup}
                      value={stage.targetGroup}
                      onChange={(targetGroup) =>
                        change(stage.key, { targetGroup: complete(targetGroup) })
                      }
                      errors={errors(`${at}/targetGroup`)}
                      maxLength={300}
                    />
                    <LocalisedField
                      label={texts.handovers.stageChannel}
                      value={stage.channel}
                      onChange={(channel) => change(stage.key, { channel: complete(channel) })}
                      errors={errors(`${at}/channel`)}
                      maxLength={300}
                    />
                    <TextField
                      optional
                      label={texts.handovers.languages}
                      hint={words.languagesHint}
                      value={stage.languages}
                      onChange={(languages) => change(stage.key, { languages })}
                      error={languageError(editing, at, stage)}
                    />
                    <ResponsibilitiesField
                      value={stage.responsibilities}
                      onChange={(responsibilities) => change(stage.key, { responsibilities })}
                      error={error(`${at}/responsibilities`)}
                    />
                  </>
                )}
              </Fold>
            </li>
          );
        })}
      </ol>
      <Button
        variant="secondary"
        onClick={() => {
          const stage = newStage(parties[0]?.value ?? '');
          set({ stages: [...stages, stage] }, `add ${stage.key}`);
          setFocus({ key: stage.key, on: 'title' });
        }}
      >
        {t.addStage}
      </Button>
    </fieldset>
  );
}

/** What the server refuses about the languages, of the list or of one of them. */
function languageError({ error }: Undoable, at: string, stage: StageBody): string | undefined {
  const codes = languageCodes(stage.languages);
  const each = codes.map((_, index) => error(`${at}/languages/${index}`));
  return error(`${at}/languages`) ?? each.find((found) => found !== undefined);
}

/** Whether something within the folded part of a stage is refused: then it opens. */
function hasError(editing: Undoable, at: string, stage: StageBody): boolean {
  const texts = (['description', 'targetGroup', 'channel'] as const).flatMap((field) =>
    Object.values(editing.errors(`${at}/${field}`)),
  );
  return [
    ...texts,
    languageError(editing, at, stage),
    editing.error(`${at}/responsibilities`),
  ].some((found) => found !== undefined);
}

interface EndingProps {
  body: ChainBody;
  stage: StageBody;
  onEnd: (fates: Map<string, string>) => void;
  onCancel: () => void;
}

/** Asks of each hand-over of a stage that ends: to which stage it goes instead, or that it ends. */
function Ending({ body, stage, onEnd, onCancel }: EndingProps) {
  const texts = useTexts();
  const t = texts.handovers.form;
  const lang = useLang();
  const [fates, setFates] = useState(new Map<string, string>());
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const word = (text: Parameters<typeof localised>[0]) => localised(text, lang).value;
  const named = (key: string) => {
    const place = body.stages.findIndex((each) => each.key === key);
    return `${place + 1} ${word(body.stages[place]?.title) || texts.chains.newStage}`;
  };
  return (
    <div
      className="ch-ending"
      role="group"
      aria-label={t.ending(word(stage.title))}
      ref={box}
      tabIndex={-1}
    >
      <p>{t.endingHint}</p>
      {touching(body.handovers, stage.key).map((handover) => {
        const leaves = handover.from === stage.key;
        const other = leaves ? handover.to : handover.from;
        return (
          <Select
            key={handover.key}
            label={`${named(handover.from)} – ${named(handover.to)}: ${word(handover.what)}`}
            value={fates.get(handover.key) ?? ''}
            options={[
              { value: '', label: t.endHandover },
              ...body.stages
                .filter(({ key }) => key !== stage.key && key !== other)
                .map(({ key }) => ({
                  value: key,
                  label: leaves ? t.leavesFrom(named(key)) : t.goesTo(named(key)),
                })),
            ]}
            onChange={(key) => setFates(new Map(fates).set(handover.key, key))}
          />
        );
      })}
      <div className="btns">
        <Button variant="danger" small onClick={() => onEnd(fates)}>
          {stage.id ? texts.chains.end : texts.chains.remove}
        </Button>
        <Button variant="quiet" small onClick={onCancel}>
          {texts.ui.cancel}
        </Button>
      </div>
    </div>
  );
}
