import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/problem';
import { bodyOfChain, facesOf, inputOf, languageCodes, moved, split, withoutStage } from './edit';
import { agreement, childrenChain } from './testdata';

const body = () => bodyOfChain(childrenChain());
const ways = ({ handovers }: { handovers: { from: string; to: string }[] }) =>
  handovers.map(({ from, to }) => `${from}>${to}`);

describe('the form of a chain', () => {
  it('says the places of the stages in the request', () => {
    const input = inputOf(body());
    expect(input.handovers?.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['clinic-ecec', 1, 3],
      ['clinic-open', 1, 2],
      ['ecec-school', 3, 4],
      ['school-welfare', 4, 5],
      ['welfare-youth', 5, 6],
      ['welfare-family', 5, 7],
      ['school-protection', 4, 8],
    ]);
  });

  it('begins with the change that waits, so that saving does not take it back', () => {
    const chain = childrenChain();
    const [first] = chain.handovers;
    if (!first) throw new Error('no hand-over');
    first.standing = 'reopened';
    first.change = { ...first, targetDays: 10 };
    expect(inputOf(bodyOfChain(chain)).handovers?.[0]?.targetDays).toBe(10);
  });

  it('refuses days that are no number at their field, and keeps none as none', () => {
    const typed = body();
    typed.handovers = typed.handovers.map((each, index) => ({
      ...each,
      targetDays: index === 1 ? 'pari' : '',
    }));
    expect(() => inputOf(typed)).toThrow(Problem);
    try {
      inputOf(typed);
    } catch (problem) {
      expect((problem as Problem).errors).toEqual([
        { pointer: '/handovers/1/targetDays', code: 'not_allowed' },
      ]);
    }
    typed.handovers = typed.handovers.map((each) => ({ ...each, targetDays: ' ' }));
    expect(inputOf(typed).handovers?.[1]?.targetDays).toBeUndefined();
  });

  it('reads languages as people type them', () => {
    expect(languageCodes('FI, sv;  en')).toEqual(['fi', 'sv', 'en']);
    expect(languageCodes(' ')).toEqual([]);
  });
});

describe('editing the stages', () => {
  it('moves one, and nothing beyond the ends', () => {
    const keys = (items: { key: string }[]) => items.map(({ key }) => key).slice(0, 3);
    expect(keys(moved(body().stages, 'clinic', 1))).toEqual(['open', 'clinic', 'ecec']);
    expect(keys(moved(body().stages, 'clinic', -1))).toEqual(['clinic', 'open', 'ecec']);
  });

  it('splits one: what came stays, what left goes on from the second part', () => {
    const next = split(body(), 'school');
    const second = next.stages[4]?.key ?? '';
    expect(next.stages).toHaveLength(9);
    expect(next.stages[4]).toMatchObject({ partyId: 'p-espoo', title: { fi: '' } });
    expect(ways(next)).toEqual([
      'clinic>ecec',
      'clinic>open',
      'ecec>school',
      `${second}>welfare`,
      'welfare>youth',
      'welfare>family',
      `${second}>protection`,
      `school>${second}`,
    ]);
  });

  it('ends one with its hand-overs re-pointed or ended', () => {
    const next = withoutStage(body(), 'school', new Map([['ecec-school', 'welfare']]));
    expect(next.stages.map(({ key }) => key)).not.toContain('school');
    expect(ways(next)).toEqual([
      'clinic>ecec',
      'clinic>open',
      'ecec>welfare',
      'welfare>youth',
      'welfare>family',
    ]);
  });

  it('ends a hand-over that would come to lead back to itself', () => {
    const next = withoutStage(body(), 'school', new Map([['school-welfare', 'welfare']]));
    expect(ways(next)).not.toContain('welfare>welfare');
  });
});

describe('the drawing above the form', () => {
  it('shows what is changed or new as not agreed', () => {
    const chain = childrenChain();
    for (const each of chain.handovers) {
      each.inForce = agreement({ 'p-espoo': 'accepted', 'p-luvn': 'accepted' });
    }
    const typed = bodyOfChain(chain);
    typed.handovers = typed.handovers.map((each, index) =>
      index === 0
        ? { ...each, what: { ...each.what, fi: 'Muuta' } }
        : index === 1
          ? { ...each, gap: 'major' as const }
          : each,
    );
    const added = split(typed, 'family');
    const standings = facesOf({ ...typed, ...added }, chain).handovers.map(
      ({ standing }) => standing,
    );
    expect(standings[0]).toBe('reopened');
    expect(standings[1]).toBe('in_force');
    expect(standings.at(-1)).toBe('proposed');
  });
});
