import { useLang, useTexts } from '../../i18n';
import { formatDate, formatPrecise } from '../../lib/dates';
import { Acceptance, type AcceptanceState } from '../../ui/Acceptance';
import { Button } from '../../ui/Button';
import { AtRisk, Condition, ConditionBar, conditions, ConditionStrip } from '../../ui/Condition';
import { Freshness } from '../../ui/Freshness';
import { Gap } from '../../ui/Gap';
import { PartMark, type Part } from '../../ui/PartMark';
import { PhaseBar, PhaseMini } from '../../ui/Phase';
import { Internal } from '../../ui/Visibility';
import { Meaning, Sample } from './Sample';
import { barCounts, stripActions, useParties } from './samples';

/** Condition, acceptance, parts, gaps, freshness, visibility and phases. */
export function Vocabulary() {
  const t = useTexts().components;
  return (
    <>
      <ConditionSample />
      <AcceptanceSample />
      <PartSample />
      <Sample title={t.gaps.title} note={t.gaps.note}>
        <ul className="wl">
          {(['none', 'minor', 'major'] as const).map((gap) => (
            <Meaning key={gap} text={t.gaps[gap]}>
              <Gap value={gap} />
            </Meaning>
          ))}
        </ul>
      </Sample>
      <FreshnessSample />
      <Sample title={t.visibility.title} note={t.visibility.note}>
        <Internal ground={t.visibility.ground}>
          <p>{t.visibility.internal}</p>
        </Internal>
        <p className="public">{t.visibility.public}</p>
      </Sample>
      <PhaseSample />
    </>
  );
}

function ConditionSample() {
  const t = useTexts().components.condition;
  const here = { to: '/$lang/components', params: { lang: useLang() } } as const;
  return (
    <Sample title={t.title} note={t.note}>
      <ul className="wl">
        {conditions.map((value) => (
          <Meaning key={value} text={t.meanings[value]}>
            <Condition value={value} />
          </Meaning>
        ))}
        <Meaning text={t.atRisk}>
          <AtRisk />
        </Meaning>
      </ul>
      <p className="meta below">
        {t.strip}{' '}
        <ConditionStrip
          items={stripActions.map(({ no, value }) => ({
            id: String(no),
            value,
            name: t.action(no),
            link: here,
          }))}
        />
      </p>
      <p className="meta below">{t.bar}</p>
      <ConditionBar counts={barCounts.map((count) => ({ ...count, link: here }))} />
    </Sample>
  );
}

function AcceptanceSample() {
  const t = useTexts().components.acceptance;
  const { espoo, luvn } = useParties();
  const samples: [AcceptanceState, AcceptanceState, string, number?][] = [
    ['open', 'open', t.proposed],
    ['open', 'accepted', t.luvn],
    ['accepted', 'open', t.espoo],
    ['accepted', 'accepted', t.inForce],
    ['accepted', 'returned', t.returned],
    ['accepted', 'reopened', t.reopened],
    ['open', 'accepted', t.waiting, 19],
    ['open', 'open', t.waiting, 7],
  ];
  return (
    <Sample title={t.title} note={t.note}>
      <ul className="wl">
        {samples.map(([first, second, text, openDays]) => (
          <Meaning key={`${first}-${second}-${openDays ?? ''}`} text={text}>
            <Acceptance
              slots={[
                { party: espoo, state: first },
                { party: luvn, state: second },
              ]}
              openDays={openDays}
            />
          </Meaning>
        ))}
      </ul>
    </Sample>
  );
}

function PartSample() {
  const texts = useTexts();
  const t = texts.components.parts;
  const { espoo, luvn } = useParties();
  const parts: Part[] = ['lead', 'shared', 'support', 'informed'];
  return (
    <Sample title={t.title}>
      <ul className="wl">
        {parts.map((part) => (
          <Meaning key={part} text={t[part]}>
            <span className="k">
              <PartMark part={part} party={espoo} />
              <PartMark part={part} party={luvn} />
            </span>
            <b>{texts.ui.parts[part].name}</b>
          </Meaning>
        ))}
        <Meaning text={t.waiting}>
          <span className="k">
            <PartMark part="shared" party={espoo} waiting />
            <PartMark part="shared" party={luvn} waiting />
          </span>
          <b>{t.waitingName}</b>
        </Meaning>
      </ul>
    </Sample>
  );
}

function FreshnessSample() {
  const texts = useTexts();
  const t = texts.components.freshness;
  return (
    <Sample title={t.title} note={t.note}>
      <ul className="wl">
        <Meaning text={t.fresh}>
          <Freshness days={12} />
        </Meaning>
        <Meaning text={t.due}>
          <Freshness days={44} />
        </Meaning>
        <Meaning text={t.old}>
          <Freshness days={84} />
        </Meaning>
        <Meaning text={t.confirms}>
          <Button variant="secondary" small>
            {texts.ui.freshness.stillTrue}
          </Button>
        </Meaning>
      </ul>
    </Sample>
  );
}

function PhaseSample() {
  const texts = useTexts();
  const t = texts.components.phases;
  const names = texts.ui.phases;
  const lang = useLang();
  const span = (from: string, to: string) =>
    `${formatDate(from, lang, { short: true })}–${formatDate(to, lang)}`;
  const steps = ['preparation', 'implementation', 'adoption', 'evaluation', 'ended'] as const;
  const rest = [
    {
      id: 'adoption',
      name: names.adoption,
      period: formatPrecise('2026-12-31', 'month', lang),
      share: 3,
      state: 'coming' as const,
    },
    {
      id: 'evaluation',
      name: names.evaluation,
      period: formatPrecise('2027-01-31', 'month', lang),
      share: 2,
      state: 'coming' as const,
    },
  ];
  const first = {
    id: 'preparation',
    name: names.preparation,
    period: span('2026-09-09', '2026-09-30'),
    share: 2,
    state: 'done' as const,
  };
  return (
    <Sample title={t.title} note={t.note}>
      <PhaseBar
        steps={[
          first,
          {
            id: 'implementation',
            name: names.implementation,
            period: `${span('2026-10-01', '2026-11-30')}, ${t.now}`,
            share: 5,
            state: 'now',
            passed: 70,
          },
          ...rest,
        ]}
      />
      <div className="below">
        <PhaseBar
          steps={[
            first,
            {
              id: 'implementation',
              name: names.implementation,
              period: `${span('2026-10-01', '2026-11-13')}, ${t.overdue}`,
              share: 5,
              state: 'overdue',
            },
            ...rest,
          ]}
        />
      </div>
      <p className="minis">
        {steps.map((name, step) => (
          <PhaseMini key={name} step={step} name={names[name]} />
        ))}
      </p>
    </Sample>
  );
}
