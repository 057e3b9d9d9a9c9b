import { useEffect, useRef, useState } from 'react';
import { useLang, useTexts } from '../../i18n';
import { complete, localised, noText } from '../../lib/text';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/filters';
import { DateField, TextField } from '../../ui/forms/fields';
import { LocalisedField } from '../../ui/forms/LocalisedField';
import { moved, newHandover, type EvidenceBody, type HandoverBody } from './edit';
import { Fold } from './Fold';
import type { Undoable } from './StagesField';

const gaps = ['none', 'minor', 'major'] as const;

/** The hand-overs of a chain: added, moved in the list, changed and ended. */
export function HandoversField({ editing }: { editing: Undoable }) {
  const texts = useTexts();
  const t = texts.handovers;
  const lang = useLang();
  const { body, set, error, errors } = editing;
  const { stages, handovers } = body;
  const list = useRef<HTMLOListElement>(null);
  const [focus, setFocus] = useState<{ key: string; on: string } | null>(null);
  useEffect(() => {
    if (!focus) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-key="${focus.key}"]`);
    row?.querySelector<HTMLElement>(focus.on)?.focus();
  }, [focus]);

  const change = (key: string, part: Partial<HandoverBody>) =>
    set(
      { handovers: handovers.map((each) => (each.key === key ? { ...each, ...part } : each)) },
      `handover ${key} ${Object.keys(part).join()}`,
    );
  const move = (key: string, by: number) => {
    set({ handovers: moved(handovers, key, by) }, `move ${crypto.randomUUID()}`);
    setFocus({ key, on: '.btns button:not([aria-disabled="true"])' });
  };
  const number = (key: string) => stages.findIndex((stage) => stage.key === key) + 1 || '?';
  const choices = stages.map(({ key, title }, index) => ({
    value: key,
    label: `${index + 1} ${localised(title, lang).value || texts.chains.newStage}`,
  }));

  return (
    <fieldset>
      <legend>{t.form.handovers}</legend>
      <p className="hint meta">{t.form.handoversHint}</p>
      <ol className="rows" ref={list}>
        {handovers.map((handover, index) => {
          const name = localised(handover.what, lang).value || t.form.newHandover;
          const at = `/handovers/${index}`;
          return (
            <li key={handover.key} data-key={handover.key}>
              <div className="btns">
                <b>{t.form.no(index + 1)}</b>
                <Button
                  variant="quiet"
                  small
                  aria-label={texts.chains.earlier(name)}
                  aria-disabled={index === 0 || undefined}
                  onClick={() => index > 0 && move(handover.key, -1)}
                >
                  {texts.chains.moveEarlier}
                </Button>
                <Button
                  variant="quiet"
                  small
                  aria-label={texts.chains.later(name)}
                  aria-disabled={index === handovers.length - 1 || undefined}
                  onClick={() => index < handovers.length - 1 && move(handover.key, 1)}
                >
                  {texts.chains.moveLater}
                </Button>
                <Button
                  variant="quiet"
                  small
                  aria-label={t.form.endOf(name)}
                  onClick={() =>
                    set(
                      { handovers: handovers.filter(({ key }) => key !== handover.key) },
                      `end ${handover.key}`,
                    )
                  }
                >
                  {handover.id ? t.form.end : t.form.remove}
                </Button>
              </div>
              <Fold
                forced={handover.id === undefined || hasError(editing, at, handover)}
                summary={
                  <>
                    {number(handover.from)}–{number(handover.to)} {name}
                    <span className="meta">
                      {' '}
                      {handover.targetDays && `${handover.targetDays} · `}
                      {texts.ui.gaps[handover.gap].toLowerCase()}
                    </span>
                  </>
                }
              >
                {() => (
                  <>
                    <LocalisedField
                      label={t.what}
                      value={handover.what}
                      onChange={(what) => change(handover.key, { what: complete(what) })}
                      errors={errors(`${at}/what`)}
                      maxLength={500}
                    />
                    <div className="fields">
                      <Select
                        label={t.from}
                        value={handover.from}
                        options={choices}
                        onChange={(from) => change(handover.key, { from })}
                        error={error(`${at}/from`)}
                      />
                      <Select
                        label={t.to}
                        value={handover.to}
                        options={choices}
                        onChange={(to) => change(handover.key, { to })}
                        error={
                          error(`${at}/to`) ??
                          (handover.from === handover.to ? t.form.sameStage : undefined)
                        }
                      />
                    </div>
                    <LocalisedField
                      label={t.channel}
                      value={handover.channel}
                      onChange={(channel) => change(handover.key, { channel: complete(channel) })}
                      errors={errors(`${at}/channel`)}
                      maxLength={300}
                    />
                    <div className="fields">
                      <TextField
                        optional
                        label={t.targetDays}
                        hint={t.form.targetHint}
                        value={handover.targetDays}
                        onChange={(targetDays) => change(handover.key, { targetDays })}
                        error={error(`${at}/targetDays`)}
                      />
                      <Select
                        label={t.gap}
                        value={handover.gap}
                        options={gaps.map((gap) => ({ value: gap, label: texts.ui.gaps[gap] }))}
                        onChange={(gap) => change(handover.key, { gap })}
                        error={error(`${at}/gap`)}
                      />
                      <DateField
                        optional
                        label={t.nextReview}
                        value={handover.nextReviewOn}
                        onChange={(nextReviewOn) => change(handover.key, { nextReviewOn })}
                        error={error(`${at}/nextReviewOn`)}
                      />
                    </div>
                    {handover.gap !== 'none' && (
                      <LocalisedField
                        label={t.gapReason}
                        value={handover.gapReason}
                        onChange={(gapReason) =>
                          change(handover.key, { gapReason: complete(gapReason) })
                        }
                        errors={errors(`${at}/gapReason`)}
                        maxLength={2000}
                        multiline
                      />
                    )}
                    <EvidenceField
                      editing={editing}
                      at={`${at}/evidence`}
                      value={handover.evidence}
                      onChange={(evidence) => change(handover.key, { evidence })}
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
        aria-disabled={stages.length < 2 || undefined}
        onClick={() => {
          if (stages.length < 2) return;
          const last = handovers.at(-1);
          const place = stages.findIndex(({ key }) => key === last?.to);
          const from = stages[place >= 0 && place < stages.length - 1 ? place : 0];
          const to = stages[(from ? stages.indexOf(from) : 0) + 1];
          const added = newHandover(from?.key ?? '', to?.key ?? '');
          set({ handovers: [...handovers, added] }, `add ${added.key}`);
          setFocus({ key: added.key, on: 'input, textarea' });
        }}
      >
        {t.form.add}
      </Button>
    </fieldset>
  );
}

/** Whether something of a hand-over is refused: then its fields open. */
function hasError({ error, errors }: Undoable, at: string, { evidence }: HandoverBody): boolean {
  const texts = ['what', 'channel', 'gapReason', ...evidence.map((_, i) => `evidence/${i}/title`)];
  const fields = ['from', 'to', 'targetDays', 'gap', 'nextReviewOn', 'evidence'].concat(
    evidence.flatMap((_, i) => [`evidence/${i}/url`, `evidence/${i}/checkedOn`]),
  );
  return [
    ...texts.flatMap((field) => Object.values(errors(`${at}/${field}`))),
    ...fields.map((field) => error(`${at}/${field}`)),
  ].some((found) => found !== undefined);
}

interface EvidenceFieldProps {
  editing: Undoable;
  /** Pointer of the list in the request. */
  at: string;
  value: readonly EvidenceBody[];
  onChange: (value: EvidenceBody[]) => void;
}

/** What shows that a hand-over works: a text or link, and the day on which it was checked. */
function EvidenceField({ editing, at, value, onChange }: EvidenceFieldProps) {
  const t = useTexts().handovers;
  const lang = useLang();
  const { error, errors } = editing;
  const change = (key: string, part: Partial<EvidenceBody>) =>
    onChange(value.map((each) => (each.key === key ? { ...each, ...part } : each)));
  return (
    <fieldset>
      <legend>{t.evidence}</legend>
      <ul className="rows">
        {value.map(({ key, title, url, checkedOn }, index) => (
          <li key={key}>
            <LocalisedField
              label={t.form.evidenceTitle}
              value={title}
              onChange={(text) => change(key, { title: complete(text) })}
              errors={errors(`${at}/${index}/title`)}
              maxLength={300}
            />
            <div className="fields">
              <TextField
                optional
                label={t.form.evidenceUrl}
                value={url}
                onChange={(text) => change(key, { url: text })}
                error={error(`${at}/${index}/url`)}
              />
              <DateField
                label={t.form.evidenceChecked}
                value={checkedOn}
                onChange={(day) => change(key, { checkedOn: day })}
                error={error(`${at}/${index}/checkedOn`)}
              />
              <Button
                variant="quiet"
                small
                aria-label={t.form.removeEvidence(localised(title, lang).value)}
                onClick={() => onChange(value.filter((each) => each.key !== key))}
              >
                {t.form.remove}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Button
        variant="secondary"
        small
        onClick={() =>
          onChange([...value, { key: crypto.randomUUID(), title: noText, url: '', checkedOn: '' }])
        }
      >
        {t.form.addEvidence}
      </Button>
    </fieldset>
  );
}
