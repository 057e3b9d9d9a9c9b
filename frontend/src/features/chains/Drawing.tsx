import { Link } from '@tanstack/react-router';
import { useMemo, type CSSProperties, type ReactNode } from 'react';
import { useParties, usePartyLooks } from '../../api/parties';
import { StandingMark } from '../../content/AgreementMark';
import { useLang, useTexts } from '../../i18n';
import { breakable, localised, type LocalisedText } from '../../lib/text';
import { AcceptanceSeal } from '../../ui/Acceptance';
import { ConditionReason } from '../../content/ConditionOf';
import { ConditionStrip } from '../../ui/Condition';
import { Gap, GapLine } from '../../ui/Gap';
import { Icon } from '../../ui/Icon';
import { PartyMark } from '../../ui/PartyMark';
import { minColumn, planDrawing, type Piece, type Plan } from './layout';
import type { ChainAction, HandoverFace, StageFace } from './types';
import { useWording } from './useWording';
import {
  handoverName,
  labelNote,
  labelWidth,
  labelWords,
  partnersOf,
  pinCount,
  pinnedAt,
  pinNames,
  slotsOf,
  stageName,
  type Pins,
  type Wording,
} from './words';

interface DrawingProps {
  chain: {
    stages: readonly StageFace[];
    handovers: readonly HandoverFace[];
    actions: readonly ChainAction[];
  } & Partial<Pins>;
  /** The hand-over whose details are open. */
  open?: string;
  /** Leads to the fields of what was pressed, in a form; else stages and hand-overs are links. */
  onPick?: Pick;
  /** Spoken heading; says by default that this is the chain. */
  title?: string;
}

type Pick = (kind: 'stage' | 'handover', id: string) => void;

/**
 * The chain as a picture: a lane for each party, the stages in order, the hand-overs between
 * them. Its elements stand in reading order, each hand-over after the stage that gives; under
 * 73.75 em the same elements are a path from top to bottom.
 */
export function Drawing({ chain, open, onPick, title }: DrawingProps) {
  const { chains: t, handovers: words } = useTexts();
  const wording = useWording();
  const lang = useLang();
  const look = usePartyLooks(lang);
  const parties = useParties().data;
  const { stages, handovers, goals, forums } = chain;
  const pins = useMemo(() => ({ goals: goals ?? [], forums: forums ?? [] }), [goals, forums]);
  const plan = useMemo(
    () =>
      planDrawing(
        stages,
        handovers.map((handover) => {
          const { days, gap } = labelWords(handover, wording.texts);
          const note = labelNote(handover, wording);
          const count = pinCount(pinnedAt(pins, handover.id), wording.texts);
          return {
            ...handover,
            labelWidth: labelWidth(`${days} ${gap}`, note, count),
            notes: [note, count].filter(Boolean).length,
          };
        }),
        (parties ?? []).filter(({ principal }) => principal).map(({ id }) => id),
        (id) => {
          const name = parties?.find((party) => party.id === id)?.name;
          return localised(name, wording.lang).value.length * 8.5 + 48;
        },
      ),
    [stages, handovers, pins, parties, wording],
  );
  const rows = plan.channels.map(({ height }) => `${height / 16}rem`).join(' auto ');
  const paper = paperOf(plan);
  const style = {
    '--n': stages.length,
    '--rows': rows,
    '--least': `${(stages.length * minColumn) / 16}rem`,
    '--card': plan.lanes.length > 2 ? '9.5rem' : '12.5rem',
    '--paper': paper.zoom,
    '--paper-width': `${plan.width}px`,
  } as CSSProperties;
  const scrolls = stages.length * minColumn > 1280;

  return (
    <section aria-labelledby="drawing" className={paper.upright ? 'ch upright' : 'ch'}>
      <h2 id="drawing" className="vh">
        {title ?? t.drawing}
      </h2>
      {/* A long chain scrolls: the keyboard must be able to reach what is out of sight. */}
      <div
        className="ch-view"
        {...(scrolls && { role: 'region', 'aria-label': t.drawing, tabIndex: 0 })}
      >
        <div className="ch-grid" style={style}>
          <Ground plan={plan} names={(id) => parties?.find((party) => party.id === id)?.name} />
          <ol className="ch-stages">
            {stages.map((stage, index) => {
              const lane = plan.laneOf[index] ?? 0;
              const actions = chain.actions.filter(({ stageId }) => stageId === stage.id);
              const here = pinnedAt(pins, stage.id);
              return (
                <li key={stage.id}>
                  <div
                    className={`ch-stage ch-${look(stage.partyId).shape}`}
                    style={{ '--i': index + 1, '--row': lane * 2 + 2 } as CSSProperties}
                  >
                    <span className="lv">{t.levels[stage.level]}</span>
                    <Way
                      className="q st"
                      kind="stage"
                      id={stage.id}
                      name={stageName(stage, index, actions, wording, here)}
                      onPick={onPick}
                    >
                      <b>{index + 1}</b> <Breakable text={stage.title} />
                    </Way>
                    <span className="meta po">
                      {stage.responsibilities
                        .filter(({ part }) => part === 'lead')
                        .map(({ post, standing }) => (
                          <span key={post.id}>
                            <Breakable text={post.title} /> <StandingMark standing={standing} />
                          </span>
                        ))}
                    </span>
                    <PinMark pins={here} stageId={stage.id} wording={wording} plain={!!onPick} />
                    <span className="bt">
                      <Actions actions={actions} />
                      <span className="pp">
                        {partnersOf(stage).map((id) => (
                          <PartyMark key={id} party={look(id)} />
                        ))}
                      </span>
                    </span>
                  </div>
                  <Handovers
                    handovers={handovers.filter(({ fromStageId }) => fromStageId === stage.id)}
                    stages={stages}
                    pins={pins}
                    plan={plan}
                    open={open}
                    onPick={onPick}
                  />
                </li>
              );
            })}
          </ol>
        </div>
      </div>
      <p className="meta ch-key">
        {(['none', 'minor', 'major'] as const).map((gap) => (
          <Gap key={gap} value={gap} />
        ))}
        <span>{words.key}</span>
      </p>
    </section>
  );
}

/** What is left of a sheet of A4 below the title, in px. */
const sheets = [
  { upright: false, width: 1040, height: 530 },
  { upright: true, width: 710, height: 830 },
];

/** How the drawing fits on one sheet: which way the sheet lies, and how much it shrinks. */
function paperOf(plan: Plan) {
  const card = 190;
  const height =
    plan.channels.reduce((sum, channel) => sum + channel.height, 0) + plan.lanes.length * card;
  const fits = sheets.map(({ upright, ...sheet }) => ({
    upright,
    zoom: Math.min(1, sheet.width / plan.width, sheet.height / height),
  }));
  return fits.reduce((best, next) => (next.zoom > best.zoom ? next : best));
}

/** The address of a stage's row in the table below the drawing. */
export const stageAnchor = (id: string) => `stage-${id}`;

interface PinMarkProps {
  pins: Pins;
  stageId: string;
  wording: Wording;
  /** No link, as in a form. */
  plain: boolean;
}

/** How many goals and forums a stage has; leads to their names in the words below. */
function PinMark({ pins, stageId, wording, plain }: PinMarkProps) {
  const words = pinCount(pins, wording.texts);
  if (words === undefined) return null;
  if (plain) return <span className="meta pn">{words}</span>;
  return (
    <Link
      className="q meta pn"
      to="."
      search={(now) => now}
      hash={stageAnchor(stageId)}
      resetScroll={false}
      aria-label={`${words}. ${pinNames(pins, wording)}`}
    >
      {words}
    </Link>
  );
}

interface HandoversProps {
  handovers: readonly HandoverFace[];
  stages: readonly StageFace[];
  pins: Pins;
  plan: Plan;
  open: string | undefined;
  onPick: Pick | undefined;
}

function Handovers({ handovers, stages, pins, plan, open, onPick }: HandoversProps) {
  const texts = useTexts();
  const t = texts.handovers;
  const wording = useWording();
  const { lang, look } = wording;
  if (handovers.length === 0) return null;
  return (
    <ul>
      {handovers.map((handover) => {
        const label = plan.labels.get(handover.id);
        const place = stages.findIndex(({ id }) => id === handover.toStageId);
        const { days, gap } = labelWords(handover, texts);
        const here = pinnedAt(pins, handover.id);
        const note = labelNote(handover, wording);
        const words = pinCount(here, texts);
        const row = label?.lane === undefined ? (label?.channel ?? 0) * 2 + 1 : label.lane * 2 + 2;
        return (
          <li key={handover.id}>
            <Way
              className={`xl ${handover.gap}${label?.lane === undefined ? '' : ' in-lane'}`}
              kind="handover"
              id={handover.id}
              name={handoverName(handover, stages, wording, here)}
              current={open === handover.id}
              onPick={onPick}
              style={
                {
                  '--row': row,
                  '--x': `${((label?.x ?? 0) / plan.width) * 100}%`,
                  '--y': `${(label?.y ?? 0) / 16}rem`,
                } as CSSProperties
              }
            >
              <GapLine value={handover.gap} />
              <span>
                <span className="on-path">
                  {t.toStage(place + 1)} <PartyMark party={look(stages[place]?.partyId)} /> ·{' '}
                </span>
                <b>{days}</b> <span className="gp">{gap}</span>
                {note && (
                  <span className="nt">
                    {handover.standing === 'in_force' ? (
                      <Icon name="clock" size={14} />
                    ) : (
                      <AcceptanceSeal slots={slotsOf(handover, look)} />
                    )}
                    {note}
                  </span>
                )}
                {words && <span className="nt">{words}</span>}
                <span className="on-path meta df">{localised(handover.what, lang).value}</span>
              </span>
            </Way>
          </li>
        );
      })}
    </ul>
  );
}

interface WayProps {
  kind: 'stage' | 'handover';
  id: string;
  name: string;
  className: string;
  style?: CSSProperties;
  current?: boolean;
  onPick: Pick | undefined;
  children: ReactNode;
}

/** The way to what a card or label stands for: its row, its details or its fields in the form. */
function Way({ kind, id, name, className, style, current, onPick, children }: WayProps) {
  if (onPick) {
    return (
      <button
        type="button"
        className={className}
        style={style}
        aria-label={name}
        onClick={() => onPick(kind, id)}
      >
        {children}
      </button>
    );
  }
  return (
    <Link
      className={className}
      style={style}
      to="."
      search={(now) => (kind === 'handover' ? { ...now, handover: id } : now)}
      hash={kind === 'handover' ? 'handover' : stageAnchor(id)}
      resetScroll={false}
      aria-current={current ? 'true' : undefined}
      aria-label={name}
    >
      {children}
    </Link>
  );
}

/** Lanes with their names, the line between the parties, and the lines of the hand-overs. */
function Ground({
  plan,
  names,
}: {
  plan: Plan;
  names: (partyId: string) => LocalisedText | undefined;
}) {
  const t = useTexts().chains;
  const lang = useLang();
  const look = usePartyLooks(lang);
  return (
    <div className="ch-ground" aria-hidden="true">
      {plan.lanes.map(({ partyId, free }, lane) => (
        <div
          key={partyId}
          className={`ch-lane ch-${look(partyId).shape}`}
          style={{ '--row': lane * 2 + 2 } as CSSProperties}
        >
          <p
            className={free ? 'nm' : 'nm over'}
            style={
              free && {
                left: `${(free.column / plan.laneOf.length) * 100}%`,
                // Not over the card that follows.
                maxWidth: `calc(${(free.span / plan.laneOf.length) * 100}% - 12px)`,
              }
            }
          >
            <PartyMark party={look(partyId)} />
            <span>{localised(names(partyId), lang).value}</span>
          </p>
        </div>
      ))}
      {plan.lanes.slice(1).map(({ partyId }, lane) => (
        <p key={partyId} className="ch-seam" style={{ '--row': lane * 2 + 3 } as CSSProperties}>
          <span>{t.seam}</span>
        </p>
      ))}
      {plan.channels.map(({ height, pieces }, channel) => (
        <Lines
          key={`channel ${channel}`}
          row={channel * 2 + 1}
          box={`0 0 ${plan.width} ${height}`}
          pieces={pieces}
        />
      ))}
      {plan.lanePieces.map((pieces, lane) => (
        <Lines
          key={`lane ${lane}`}
          row={lane * 2 + 2}
          box={`0 0 ${plan.width} 100`}
          pieces={pieces}
        />
      ))}
    </div>
  );
}

function Lines({ row, box, pieces }: { row: number; box: string; pieces: readonly Piece[] }) {
  if (pieces.length === 0) return null;
  return (
    <svg
      className="ch-lines"
      viewBox={box}
      preserveAspectRatio="none"
      style={{ '--row': row } as CSSProperties}
    >
      {pieces.map(({ handoverId, gap, d }, index) => (
        <g key={`${handoverId} ${index}`}>
          <path d={d} className="cased" />
          <path d={d} className={`line ${gap}`} />
        </g>
      ))}
    </svg>
  );
}

function Actions({ actions }: { actions: readonly ChainAction[] }) {
  const t = useTexts().chains;
  const lang = useLang();
  if (actions.length === 0) return <span className="meta">{t.noActionsShort}</span>;
  return (
    <ConditionStrip
      explain={({ id, value }) => <ConditionReason no={Number(id)} value={value} />}
      items={actions.map(({ no, title, condition }) => ({
        id: String(no),
        value: condition,
        name: `${no} ${localised(title, lang).value}`,
        link: { to: '/$lang/actions/$no', params: { lang, no: String(no) } } as never,
      }))}
    />
  );
}

function Breakable({ text }: { text: LocalisedText }) {
  const lang = useLang();
  const shown = localised(text, lang);
  return <span lang={shown.lang === lang ? undefined : shown.lang}>{breakable(shown.value)}</span>;
}
