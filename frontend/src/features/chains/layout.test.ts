import { describe, expect, it } from 'vitest';
import { planDrawing, type DrawnHandover, type Plan } from './layout';
import { childrenChain } from './testdata';

const principals = ['p-espoo', 'p-luvn'];

const drawn = (
  id: string,
  fromStageId: string,
  toStageId: string,
  changes: Partial<DrawnHandover> = {},
): DrawnHandover => ({
  id,
  fromStageId,
  toStageId,
  gap: 'none',
  labelWidth: 120,
  notes: 0,
  ...changes,
});

const stages = (...parties: string[]) =>
  parties.map((partyId, index) => ({ id: String(index + 1), partyId }));

function planOfDemo(): Plan {
  const { stages: all, handovers } = childrenChain();
  return planDrawing(
    all,
    handovers.map((handover) => ({ ...handover, labelWidth: 120, notes: 0 })),
    principals,
  );
}

/** Every x of a line's horizontal parts lies within the drawing. */
const numbers = (d: string) => [...d.matchAll(/-?\d+(?:\.\d+)?/g)].map(([found]) => Number(found));

describe('the lanes of a chain', () => {
  it('has one for each party, the first principal party above, the second below', () => {
    const { lanes, laneOf, channels } = planOfDemo();
    expect(lanes.map(({ partyId }) => partyId)).toEqual(['p-espoo', 'p-luvn']);
    expect(laneOf).toEqual([1, 0, 0, 0, 1, 0, 1, 1]);
    expect(channels).toHaveLength(3);
  });

  it('orders further parties so that hand-overs cross few lanes', () => {
    const plan = planDrawing(
      stages('p-espoo', 'ngo', 'p-luvn', 'hus'),
      [drawn('a', '1', '2'), drawn('b', '2', '3'), drawn('c', '3', '4'), drawn('d', '4', '3')],
      principals,
    );
    expect(plan.lanes.map(({ partyId }) => partyId)).toEqual(['p-espoo', 'ngo', 'p-luvn', 'hus']);
  });

  it('puts a name where its lane has no card, and above a single lane', () => {
    const { lanes } = planOfDemo();
    expect(lanes[1]?.free).toEqual({ column: 1, span: 3 });
    const single = planDrawing(stages('p-luvn', 'p-luvn'), [], principals);
    expect(single.lanes).toEqual([{ partyId: 'p-luvn', free: undefined }]);
    expect(single.channels[0]?.height).toBeGreaterThan(30);
  });
});

describe('the lines of hand-overs', () => {
  it('cross between the lanes, stay above the first, or run straight to the next card', () => {
    const { labels } = planOfDemo();
    expect(labels.get('clinic-ecec')).toMatchObject({ channel: 1 });
    expect(labels.get('school-protection')).toMatchObject({ channel: 1 });
    expect(labels.get('ecec-school')).toMatchObject({ channel: 0 });
    expect(labels.get('welfare-family')).toMatchObject({ lane: 1, y: 50 });
    expect(labels.size).toBe(7);
  });

  it('leave the lane where a label has no room between the cards', () => {
    const placeOf = (labelWidth: number) =>
      planDrawing(
        stages('p-luvn', 'p-espoo', 'p-luvn'),
        [drawn('a', '1', '3', { labelWidth })],
        principals,
      ).labels.get('a');
    expect(placeOf(380)).toMatchObject({ lane: 1 });
    expect(placeOf(430)).toMatchObject({ channel: 2 });
  });

  it('breaks at the label where there is a gap, with bars where it is major', () => {
    const bars = (gap: DrawnHandover['gap']) => {
      const plan = planDrawing(
        stages('p-espoo', 'p-luvn'),
        [drawn('a', '1', '2', { gap })],
        principals,
      );
      return plan.channels[1]?.pieces.map(({ d }) => d.match(/h14/g)?.length ?? 0);
    };
    expect(bars('none')).toEqual([0]);
    expect(bars('minor')).toEqual([0]);
    expect(bars('major')).toEqual([2]);
  });

  it('passes through a lane that lies between, with the head where it ends', () => {
    const plan = planDrawing(
      stages('p-espoo', 'ngo', 'p-luvn'),
      [drawn('a', '1', '2'), drawn('b', '2', '1'), drawn('far', '1', '3')],
      principals,
    );
    const through = plan.lanePieces[1]?.filter(({ handoverId }) => handoverId === 'far') ?? [];
    expect(through).toHaveLength(1);
    const heads = plan.channels.map(
      ({ pieces }) =>
        pieces.filter(({ handoverId, d }) => handoverId === 'far' && /L\S+ \S+L\S+ \S+$/.test(d))
          .length,
    );
    expect(heads).toEqual([0, 0, 1, 0]);
  });

  it('leaves out what leads to a stage that is not there, or to itself', () => {
    const plan = planDrawing(
      stages('p-espoo', 'p-luvn'),
      [drawn('a', '1', 'gone'), drawn('b', '1', '1')],
      principals,
    );
    expect(plan.labels.size).toBe(0);
  });

  it('draws both ways between two stages as two lines', () => {
    const plan = planDrawing(
      stages('p-luvn', 'hus'),
      [drawn('there', '1', '2'), drawn('back', '2', '1')],
      principals,
    );
    const [there, back] = [plan.labels.get('there'), plan.labels.get('back')];
    expect(there).toBeDefined();
    expect([there?.x, there?.y]).not.toEqual([back?.x, back?.y]);
  });
});

describe('a heavy chain', () => {
  const heavy = () => {
    const all = stages(
      ...Array.from({ length: 20 }, (_, index) =>
        index % 5 === 4 ? 'ngo' : index % 2 === 0 ? 'p-espoo' : 'p-luvn',
      ),
    );
    const handovers = Array.from({ length: 30 }, (_, index) =>
      drawn(`h${index}`, String((index % 19) + 1), String(((index * 7 + 3) % 20) + 1), {
        notes: index % 3,
        labelWidth: 100 + (index % 4) * 30,
      }),
    ).filter(({ fromStageId, toStageId }) => fromStageId !== toStageId);
    return { handovers, plan: planDrawing(all, handovers, principals) };
  };

  it('keeps every label within the drawing, and no two on each other', () => {
    const { handovers, plan } = heavy();
    expect(plan.labels.size).toBe(handovers.length);
    const labels = handovers.map(({ id, labelWidth, notes }) => {
      const label = plan.labels.get(id);
      if (!label) throw new Error(`no label for ${id}`);
      return { ...label, width: labelWidth, height: 32 + notes * 18 };
    });
    for (const { x, width } of labels) {
      expect(x - width / 2).toBeGreaterThan(0);
      expect(x + width / 2).toBeLessThan(plan.width);
    }
    for (const [index, a] of labels.entries()) {
      for (const b of labels.slice(index + 1)) {
        if (a.channel !== b.channel || a.lane !== b.lane) continue;
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 ||
          Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart, `${JSON.stringify(a)} ${JSON.stringify(b)}`).toBe(true);
      }
    }
  });

  it('keeps its lines within the channels', () => {
    const { plan } = heavy();
    for (const { pieces } of plan.channels) {
      for (const { d } of pieces) {
        for (const value of numbers(d)) {
          expect(Number.isFinite(value)).toBe(true);
          expect(value).toBeLessThanOrEqual(plan.width);
        }
      }
    }
  });
});
