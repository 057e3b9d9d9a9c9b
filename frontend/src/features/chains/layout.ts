/**
 * Where everything of a chain's drawing lies. The drawing is a CSS grid: one column per stage in
 * order, one row per lane, and a channel above, between and below the lanes for the hand-overs.
 * Lanes are as high as their cards; channels have a height of their own. So the lines need no
 * measuring: each channel and each lane has one SVG that is stretched over it.
 *
 * x runs from 0 to `width`, y from 0 to the height of the channel, both in px at a root size of
 * 16 px; a lane's height is 100.
 */

export interface DrawnStage {
  id: string;
  partyId: string;
}

export interface DrawnHandover {
  id: string;
  fromStageId: string;
  toStageId: string;
  gap: 'none' | 'minor' | 'major';
  /** Estimated width of its label. */
  labelWidth: number;
  /** Lines of its label below the first. */
  notes: number;
}

export interface Lane {
  partyId: string;
  /** First column and number of columns without a card, for the name; none in a single lane. */
  free?: { column: number; span: number };
}

/** A piece of a hand-over's line. */
export interface Piece {
  handoverId: string;
  gap: DrawnHandover['gap'];
  d: string;
}

/** Where the label of a hand-over has its middle: y in a channel, halfway up in a lane. */
export interface Label {
  channel?: number;
  lane?: number;
  x: number;
  y: number;
}

export interface Plan {
  width: number;
  lanes: Lane[];
  /** The lane of each stage, in the order of the stages. */
  laneOf: number[];
  /** One more than lanes: the first lies above all, the last below. */
  channels: { height: number; pieces: Piece[] }[];
  lanePieces: Piece[][];
  labels: Map<string, Label>;
}

const designWidth = 1280;
/** Least width of a column: below it the drawing scrolls sideways. */
export const minColumn = 136;
/** Between the end of a line and the label, where there is a gap. */
const breakBefore = 10;
const labelHeight = 32;
const noteHeight = 18;
/** Between a card and the side of its column. */
const cardMargin = 6;
const track = 12;
const pad = 20;
const radius = 6;

interface Edge {
  handover: DrawnHandover;
  from: number;
  to: number;
  /** x at which it leaves and arrives. */
  start: number;
  end: number;
}

type Side = 'top' | 'bottom';

/**
 * Lays the drawing out. `principals` are the parties that meet, in their order: the first has the
 * topmost lane of those that take part, and the others lie so that hand-overs cross few lanes.
 * `nameWidth` estimates how wide the name of a party is on one line; it may stand on two.
 * Hand-overs to stages that are not drawn are left out.
 */
export function planDrawing(
  stages: readonly DrawnStage[],
  handovers: readonly DrawnHandover[],
  principals: readonly string[],
  nameWidth: (partyId: string) => number = () => 0,
): Plan {
  const width = Math.max(designWidth, stages.length * minColumn);
  const column = width / Math.max(stages.length, 1);
  const place = new Map(stages.map(({ id }, index) => [id, index]));
  const edges = handovers.flatMap((handover): Edge[] => {
    const from = place.get(handover.fromStageId);
    const to = place.get(handover.toStageId);
    if (from === undefined || to === undefined || from === to) return [];
    return [{ handover, from, to, start: 0, end: 0 }];
  });

  const parties = orderLanes(stages, edges, principals);
  const laneOf = stages.map(({ partyId }) => parties.indexOf(partyId));
  const lane = (stage: number) => laneOf[stage] ?? 0;
  const lanes = parties.map((partyId, index) => ({
    partyId,
    free: freeRun(laneOf, index, nameWidth(partyId) / column),
  }));
  const last = Math.max(parties.length - 1, 0);

  const ownChannel = (index: number) => (index === last && last > 0 ? last + 1 : index);
  const straight = edges.filter((edge) => runsStraight(edge, edges, lane, column));
  const same = edges.filter(
    (edge) => lane(edge.from) === lane(edge.to) && !straight.includes(edge),
  );
  const crossing = edges.filter((edge) => lane(edge.from) !== lane(edge.to));

  setPorts(edges, straight, column, (edge, stage) => {
    const here = lane(stage);
    const other = lane(edge.from === stage ? edge.to : edge.from);
    if (here === other) return ownChannel(here) > here ? 'bottom' : 'top';
    return other > here ? 'bottom' : 'top';
  });

  // Which channel holds the label of a crossing edge, and where else it passes straight through.
  const load = lanes.map(() => 0).concat(0);
  const passes = load.map((): { edge: Edge; x: number }[] => []);
  const lanePieces: Piece[][] = lanes.map(() => []);
  const held = load.map((): Edge[] => []);
  for (const edge of crossing) {
    const a = lane(edge.from);
    const b = lane(edge.to);
    const down = a < b;
    const candidates = Array.from({ length: Math.abs(a - b) }, (_, step) =>
      down ? a + 1 + step : a - step,
    );
    const chosen = candidates.reduce((best, next) =>
      (load[next] ?? 0) < (load[best] ?? 0) ? next : best,
    );
    load[chosen] = (load[chosen] ?? 0) + 1;
    held[chosen]?.push(edge);
    const before = (channel: number) => (down ? channel < chosen : channel > chosen);
    for (const channel of candidates) {
      if (channel === chosen) continue;
      passes[channel]?.push({ edge, x: before(channel) ? edge.start : edge.end });
    }
    for (let crossed = Math.min(a, b) + 1; crossed < Math.max(a, b); crossed += 1) {
      // Lane k lies between channels k and k + 1.
      const first = down ? crossed < chosen : crossed >= chosen;
      lanePieces[crossed]?.push(piece(edge, vertical(first ? edge.start : edge.end, 0, 100)));
    }
  }

  const labels = new Map<string, Label>();
  for (const edge of straight) {
    const index = lane(edge.from);
    const { d, x } = straightLine(edge, column);
    lanePieces[index]?.push(piece(edge, d));
    labels.set(edge.handover.id, { lane: index, x, y: 50 });
  }

  const channels = load.map((_, channel) => {
    const own = same.filter(({ from }) => ownChannel(lane(from)) === channel);
    const layout = layChannel({
      channel,
      crossing: held[channel] ?? [],
      passes: passes[channel] ?? [],
      own,
      // Own edges of the last lane hang below it, all others stand on theirs.
      hanging: channel > last,
      isAbove: (edge) => lane(edge.from) < lane(edge.to),
      ends: (edge) =>
        channel === (lane(edge.from) < lane(edge.to) ? lane(edge.to) : lane(edge.to) + 1),
      columns: stages.length,
      column,
      // A single lane has its name above it.
      head: channel === 0 && last === 0 ? 36 : 0,
      outer: channel === 0 || channel > last,
    });
    for (const [id, label] of layout.labels) labels.set(id, label);
    return { height: layout.height, pieces: layout.pieces };
  });

  return { width, lanes, laneOf, channels, lanePieces, labels };
}

/** The parties of the stages from top to bottom. */
function orderLanes(
  stages: readonly DrawnStage[],
  edges: readonly Edge[],
  principals: readonly string[],
): string[] {
  const present = [...new Set(stages.map(({ partyId }) => partyId))];
  const known = [
    ...principals.filter((id) => present.includes(id)),
    ...present.filter((id) => !principals.includes(id)),
  ];
  const [first, ...others] = known;
  if (first === undefined) return [];
  if (others.length > 5) return known;
  const cost = (order: readonly string[]) =>
    edges.reduce((sum, { from, to }) => {
      const a = order.indexOf(stages[from]?.partyId ?? '');
      const b = order.indexOf(stages[to]?.partyId ?? '');
      return sum + Math.abs(a - b);
    }, 0);
  return permutations(others)
    .map((order) => [first, ...order])
    .reduce((best, next) => (cost(next) < cost(best) ? next : best));
}

function permutations(items: readonly string[]): string[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

/**
 * Columns in which a lane has no card: the first row of them that has room for so many columns of
 * name on two lines, else the longest.
 */
function freeRun(laneOf: readonly number[], lane: number, name: number): Lane['free'] {
  let best: Lane['free'];
  let start = 0;
  for (let column = 0; column <= laneOf.length; column += 1) {
    if (column < laneOf.length && laneOf[column] !== lane) continue;
    const span = column - start;
    const enough = best !== undefined && best.span * 1.6 >= name;
    if (!enough && span > (best?.span ?? 0)) best = { column: start, span };
    start = column + 1;
  }
  return best;
}

/** Whether nothing lies between the two cards of one lane but room for the label. */
function runsStraight(
  edge: Edge,
  edges: readonly Edge[],
  lane: (stage: number) => number,
  column: number,
) {
  const { from, to, handover } = edge;
  const index = lane(from);
  const between = (Math.abs(from - to) - 1) * column + 2 * cardMargin;
  if (lane(to) !== index || between < handover.labelWidth + 4 * breakBefore) return false;
  const [low, high] = from < to ? [from, to] : [to, from];
  for (let stage = low + 1; stage < high; stage += 1) {
    if (lane(stage) === index) return false;
  }
  const inTheWay = edges.some((other) => {
    if (other === edge) return false;
    const a = lane(other.from);
    const b = lane(other.to);
    const pair = [other.from, other.to];
    if (pair.includes(from) && pair.includes(to)) return edges.indexOf(other) < edges.indexOf(edge);
    // Passes through this lane, in a column between.
    return (
      Math.min(a, b) < index &&
      Math.max(a, b) > index &&
      pair.some((stage) => stage > low && stage < high)
    );
  });
  return !inTheWay;
}

/** Spreads the ends on each side of a card, the one that goes furthest left leftmost. */
function setPorts(
  edges: readonly Edge[],
  straight: readonly Edge[],
  column: number,
  sideOf: (edge: Edge, stage: number) => Side,
) {
  const sides = new Map<string, { edge: Edge; stage: number }[]>();
  for (const edge of edges) {
    if (straight.includes(edge)) continue;
    for (const stage of [edge.from, edge.to]) {
      const key = `${stage} ${sideOf(edge, stage)}`;
      sides.set(key, [...(sides.get(key) ?? []), { edge, stage }]);
    }
  }
  const otherEnd = ({ edge, stage }: { edge: Edge; stage: number }) =>
    edge.from === stage ? edge.to : edge.from;
  for (const ends of sides.values()) {
    const sorted = ends.toSorted((a, b) => otherEnd(a) - otherEnd(b));
    sorted.forEach(({ edge, stage }, index) => {
      const x = round(column * (stage + 0.12 + (0.76 * (index + 1)) / (sorted.length + 1)));
      if (edge.from === stage) edge.start = x;
      else edge.end = x;
    });
  }
}

interface ChannelInput {
  channel: number;
  crossing: readonly Edge[];
  passes: readonly { edge: Edge; x: number }[];
  own: readonly Edge[];
  hanging: boolean;
  /** Whether it comes from above. */
  isAbove: (edge: Edge) => boolean;
  /** Whether it arrives at its lane from this channel; else it goes on through another lane. */
  ends: (edge: Edge) => boolean;
  columns: number;
  column: number;
  head: number;
  outer: boolean;
}

/**
 * Lays one channel out. From top to bottom: tracks on which lines from above go sideways, rows
 * of labels, tracks for the lines from below, rows of the hand-overs that stay in one lane.
 */
function layChannel(input: ChannelInput) {
  const { channel, crossing, passes, own, hanging, isAbove, ends } = input;
  const { columns, column, head, outer } = input;
  const labels = new Map<string, Label>();
  const pieces: Piece[] = [];

  const slots = chooseSlots(crossing, passes, columns, column);
  const slot = (edge: Edge) => slots.get(edge) ?? { x: edge.start, row: 0 };
  const upper = (edge: Edge) => (isAbove(edge) ? edge.start : edge.end);
  const lower = (edge: Edge) => (isAbove(edge) ? edge.end : edge.start);
  const above = packTracks(crossing.map((edge) => ({ edge, at: upper(edge), to: slot(edge).x })));
  const below = packTracks(crossing.map((edge) => ({ edge, at: lower(edge), to: slot(edge).x })));
  const ownRows = packRows(own, column);

  const rowHeights = heights(crossing, (edge) => slot(edge).row);
  const ownHeights = heights(own, (edge) => ownRows.get(edge) ?? 0);
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

  const rowsTop = pad + above.count * track;
  const tracksBottom = rowsTop + total(rowHeights) + below.count * track;
  const ownTop = head + (crossing.length > 0 ? tracksBottom : outer ? 4 : pad);
  const empty = outer ? 12 : pad * 2;
  const height =
    crossing.length + own.length === 0
      ? head + empty
      : ownTop + total(ownHeights) + (own.length > 0 || crossing.length > 0 ? pad : 0);

  for (const { edge, x } of passes) {
    const end = ends(edge) ? tip(edge, isAbove(edge), height) : '';
    pieces.push(piece(edge, vertical(x, 0, height) + end));
  }

  for (const edge of crossing) {
    const { x, row } = slot(edge);
    const y = rowsTop + total(rowHeights.slice(0, row)) + (rowHeights[row] ?? 0) / 2;
    const cut = cutOf(edge.handover);
    const yAbove = pad + (above.level.get(edge) ?? 0) * track;
    const yBelow = tracksBottom - (below.level.get(edge) ?? 0) * track;
    const upperPart: Point[] = [
      [upper(edge), 0],
      [upper(edge), yAbove],
      [x, yAbove],
      [x, y - cut],
    ];
    const lowerPart: Point[] = [
      [x, y + cut],
      [x, yBelow],
      [lower(edge), yBelow],
      [lower(edge), height - 1],
    ];
    const downwards = isAbove(edge);
    pieces.push(
      piece(
        edge,
        rounded(upperPart) +
          rounded(lowerPart) +
          (edge.handover.gap === 'major' ? bar(x, y - cut) + bar(x, y + cut) : '') +
          (ends(edge) ? tip(edge, downwards, height) : ''),
      ),
    );
    labels.set(edge.handover.id, { channel, x, y });
  }

  for (const edge of own) {
    const row = ownRows.get(edge) ?? 0;
    // Counted from the lane, so that a short line lies within a long one.
    const before = total(ownHeights.slice(0, row)) + (ownHeights[row] ?? 0) / 2;
    const y = hanging ? pad + before : ownTop + total(ownHeights) - before;
    const x = (edge.start + edge.end) / 2;
    const edgeOfLane = hanging ? 0 : height;
    const half = edge.handover.labelWidth / 2 + (edge.handover.gap === 'none' ? -4 : breakBefore);
    const toRight = edge.start < edge.end ? 1 : -1;
    // A line with no room beside its label goes into the label from the lane.
    const beside = Math.abs(edge.end - edge.start) / 2 > half + radius;
    const cut = cutOf(edge.handover) * (hanging ? -1 : 1);
    const parts = beside
      ? rounded([
          [edge.start, edgeOfLane],
          [edge.start, y],
          [x - toRight * half, y],
        ]) +
        rounded([
          [x + toRight * half, y],
          [edge.end, y],
          [edge.end, edgeOfLane],
        ]) +
        (edge.handover.gap === 'major' ? upright(x - half, y) + upright(x + half, y) : '')
      : vertical(edge.start, y + cut, edgeOfLane) +
        vertical(edge.end, y + cut, edgeOfLane) +
        (edge.handover.gap === 'major' ? bar(edge.start, y + cut) + bar(edge.end, y + cut) : '');
    pieces.push(
      piece(edge, parts + arrowHead(edge.end, hanging ? 1 : height - 1, hanging ? -1 : 1)),
    );
    labels.set(edge.handover.id, { channel, x, y });
  }

  return { height, pieces, labels };
}

/**
 * A place for each label on the way of its line: in the first row between two columns, in the
 * second in the middle of one, and so on, so that the lines of one row pass between the labels
 * of the other. Short lines choose first.
 */
function chooseSlots(
  edges: readonly Edge[],
  passes: readonly { x: number }[],
  columns: number,
  column: number,
) {
  const places = Math.max(columns - 1, 1) + columns;
  // Wide labels take more than one place: there are rows for them, and none stays empty.
  const rounds = 1 + Math.ceil(edges.length / places);
  const slots = Array.from({ length: rounds * 2 }, (_, row) =>
    row % 2 === 0
      ? Array.from({ length: columns - 1 }, (__, index) => ({ row, x: column * (index + 1) }))
      : Array.from({ length: columns }, (__, index) => ({ row, x: column * (index + 0.5) })),
  ).flat();
  const taken = new Set<(typeof slots)[number]>();
  const chosen = new Map<Edge, { x: number; row: number }>();
  const length = ({ start, end }: Edge) => Math.abs(start - end);
  for (const edge of edges.toSorted((a, b) => length(a) - length(b))) {
    const middle = (edge.start + edge.end) / 2;
    const half = edge.handover.labelWidth / 2 + 4;
    const covers = ({ x, row }: { x: number; row: number }) =>
      [...chosen].some(
        ([{ handover }, other]) =>
          other.row === row && Math.abs(other.x - x) < half + handover.labelWidth / 2 + 4,
      );
    const cost = ({ x, row }: { x: number; row: number }) =>
      Math.abs(x - middle) +
      row * column * 0.4 +
      (covers({ x, row }) ? columns * column : 0) +
      // The label would stick out of the drawing, or lie on a line that passes through.
      (x < half || x > columns * column - half ? columns * column : 0) +
      (passes.some((pass) => Math.abs(pass.x - x) < half) ? columns * column : 0);
    const free = slots.filter((candidate) => !taken.has(candidate));
    const best = free.reduce((least, next) => (cost(next) < cost(least) ? next : least));
    taken.add(best);
    chosen.set(edge, best);
  }
  // Rows that nobody took are left out.
  const rows = [...new Set([...chosen.values()].map(({ row }) => row))].sort((a, b) => a - b);
  for (const [edge, { x, row }] of chosen) {
    chosen.set(edge, { x: round(x), row: rows.indexOf(row) });
  }
  return chosen;
}

interface Sideways {
  edge: Edge;
  /** x at the card and at the label. */
  at: number;
  to: number;
}

/**
 * Tracks for the lines that go sideways, the nearest to the cards first. Of two lines that leave
 * a card in the same direction the outer one lies nearer to the cards, so that they do not cross.
 */
function packTracks(lines: readonly Sideways[]) {
  const moving = lines.filter(({ at, to }) => Math.abs(at - to) >= 1);
  const toRight = moving.filter(({ at, to }) => to > at).sort((a, b) => b.at - a.at);
  const toLeft = moving.filter(({ at, to }) => to < at).sort((a, b) => a.at - b.at);
  const level = new Map<Edge, number>();
  const placed: Sideways[] = [];
  for (const line of [...toRight, ...toLeft]) {
    const levels = placed
      .filter((other) => overlap([line.at, line.to], [other.at, other.to], 8))
      .map((other) => level.get(other.edge) ?? 0);
    level.set(line.edge, Math.max(-1, ...levels) + 1);
    placed.push(line);
  }
  return { level, count: Math.max(0, ...[...level.values()].map((value) => value + 1)) };
}

/** Rows for the hand-overs within one lane, short ones nearest to it. */
function packRows(edges: readonly Edge[], column: number) {
  const rows = new Map<Edge, number>();
  const extent = (edge: Edge): [number, number] => {
    const middle = (edge.start + edge.end) / 2;
    const half = Math.max(Math.abs(edge.start - edge.end), edge.handover.labelWidth) / 2;
    return [middle - half, middle + half];
  };
  const length = (edge: Edge) => Math.abs(edge.start - edge.end);
  for (const edge of edges.toSorted((a, b) => length(a) - length(b))) {
    let row = 0;
    const clashes = (at: number) =>
      [...rows].some(
        ([other, taken]) => taken === at && overlap(extent(edge), extent(other), column * 0.05),
      );
    while (clashes(row)) row += 1;
    rows.set(edge, row);
  }
  return rows;
}

/** Heights of the rows of labels. */
function heights(edges: readonly Edge[], rowOf: (edge: Edge) => number): number[] {
  const values: number[] = [];
  for (const edge of edges) {
    const row = rowOf(edge);
    values[row] = Math.max(values[row] ?? 0, 2 * cutOf({ ...edge.handover, gap: 'minor' }) + 4);
  }
  return values;
}

function cutOf({ gap, notes }: Pick<DrawnHandover, 'gap' | 'notes'>): number {
  const half = (labelHeight + notes * noteHeight) / 2;
  return gap === 'none' ? half - 2 : half + breakBefore;
}

function straightLine(edge: Edge, column: number) {
  const { from, to, handover } = edge;
  const toRight = from < to;
  const start = toRight ? column * (from + 1) - cardMargin : column * from + cardMargin;
  const end = toRight ? column * to + cardMargin + 1 : column * (to + 1) - cardMargin - 1;
  const x = round((start + end) / 2);
  const half = handover.labelWidth / 2 + (handover.gap === 'none' ? -4 : breakBefore);
  const [before, after] = toRight ? [x - half, x + half] : [x + half, x - half];
  const back = toRight ? -6 : 6;
  return {
    x,
    d:
      `M${round(start)} 50H${round(before)}M${round(after)} 50H${round(end)}` +
      (handover.gap === 'major' ? upright(x - half, 50, 4) + upright(x + half, 50, 4) : '') +
      `M${round(end + back)} 47.5L${round(end)} 50L${round(end + back)} 52.5`,
  };
}

function overlap([a, b]: readonly [number, number], [c, d]: readonly [number, number], by: number) {
  return Math.min(a, b) < Math.max(c, d) + by && Math.min(c, d) < Math.max(a, b) + by;
}

type Point = [number, number];

function piece({ handover: { id, gap } }: Edge, d: string): Piece {
  return { handoverId: id, gap, d };
}

function vertical(x: number, from: number, to: number): string {
  return `M${round(x)} ${round(from)}V${round(to)}`;
}

function bar(x: number, y: number): string {
  return `M${round(x - 7)} ${round(y)}h14`;
}

function upright(x: number, y: number, half = 7): string {
  return `M${round(x)} ${round(y - half)}v${half * 2}`;
}

/** The head of an arrow at its tip; 1 points down, -1 up. */
function arrowHead(x: number, y: number, down: 1 | -1): string {
  const back = y - 8 * down;
  return `M${round(x - 5)} ${round(back)}L${round(x)} ${round(y)}L${round(x + 5)} ${round(back)}`;
}

/** The head of a crossing line at the lane that it ends in. */
function tip(edge: Edge, downwards: boolean, height: number): string {
  return downwards ? arrowHead(edge.end, height - 1, 1) : arrowHead(edge.end, 1, -1);
}

/** A line through the points with rounded corners; turns of no length are left out. */
function rounded(points: readonly Point[]): string {
  const way = points.filter((point, index) => {
    const before = points[index - 1];
    return !before || Math.abs(before[0] - point[0]) + Math.abs(before[1] - point[1]) >= 1;
  });
  return way
    .map(([x, y], index) => {
      const before = way[index - 1];
      const after = way[index + 1];
      if (!before) return `M${round(x)} ${round(y)}`;
      if (!after) return `L${round(x)} ${round(y)}`;
      const into = towards([x, y], before);
      const out = towards([x, y], after);
      return `L${into} Q${round(x)} ${round(y)} ${out}`;
    })
    .join('');
}

/** The point on the way to another, one radius from this one or halfway. */
function towards([x, y]: Point, [toX, toY]: Point): string {
  const distance = Math.hypot(toX - x, toY - y);
  const part = Math.min(radius, distance / 2) / distance;
  return `${round(x + (toX - x) * part)} ${round(y + (toY - y) * part)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
