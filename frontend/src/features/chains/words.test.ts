import { describe, expect, it } from 'vitest';
import { openDays } from '../../content/agreements';
import { agreement, childrenChain, handover, stage, wording } from './testdata';
import {
  acceptanceWords,
  handoverName,
  labelNote,
  languageNames,
  partnersOf,
  pinCount,
  pinnedAt,
  pinNames,
  slotsOf,
  stageName,
  termLines,
} from './words';
import { betweenParties, firstStages } from './stages';

const post = (id: string, partyId: string, fi: string) => ({
  post: { id, partyId, title: { fi, sv: fi, en: fi } },
  wording: { fi: '', sv: '', en: '' },
  standing: 'in_force' as const,
});

describe('the names in the drawing', () => {
  it('say everything of a hand-over, what is seen first', () => {
    const { stages } = childrenChain();
    const waiting = handover('x', 'clinic', 'ecec', {
      gap: 'major',
      targetDays: 30,
      standing: 'proposed',
      reviewOverdue: true,
      waiting: agreement({ 'p-luvn': 'accepted', 'p-espoo': 'open' }),
    });
    expect(handoverName(waiting, stages, wording)).toBe(
      '30 pv suuri aukko. Siirtymä vaiheesta 1 clinic (LUVN) vaiheeseen 3 ecec (Espoo). ' +
        'Tieto x. Kanava: Puhelin. Hyväksyntä: Espoo avoin 14\u00a0pv. Tarkistus myöhässä.',
    );
  });

  it('say whose a stage is, who answers and how its actions do', () => {
    const school = stage('Koulu', 'p-espoo', {
      responsibilities: [
        { ...post('a', 'p-espoo', 'Päällikkö'), part: 'lead' },
        { ...post('b', 'p-ngo', 'Järjestö'), part: 'support' },
      ],
    });
    const action = (no: number, condition: 'late' | 'on_time') => ({
      id: String(no),
      no,
      title: { fi: 'Toimi', sv: '', en: '' },
      condition,
    });
    expect(stageName(school, 3, [action(1, 'late'), action(2, 'on_time')], wording)).toBe(
      '4 Koulu. Espoo. Kaikille. Vastaa: Päällikkö. 2 toimenpidettä, joista 1 myöhässä.',
    );
    expect(partnersOf(school)).toEqual(['p-ngo']);
  });

  it('name the goals and forums of a stage or hand-over', () => {
    const pin = (stageIds: string[], handoverIds: string[], fi: string) => ({
      id: fi,
      title: { fi, sv: '', en: '' },
      stageIds,
      handoverIds,
    });
    const pins = {
      goals: [
        { ...pin(['school'], [], 'Tuki'), no: 5, visibility: 'public' as const },
        { ...pin([], ['x'], 'Polku'), no: 7, visibility: 'public' as const },
      ],
      forums: [{ ...pin(['school'], ['x'], 'LAPE'), key: 'lape', visibility: 'public' as const }],
    };
    const at = (place: string) => pinnedAt(pins, place);
    const { stages } = childrenChain();
    expect(stageName(stage('Koulu', 'p-espoo'), 0, [], wording, at('school'))).toMatch(
      /Tavoite 5 Tuki\. Foorumi LAPE\.$/,
    );
    expect(handoverName(handover('x', 'clinic', 'ecec', {}), stages, wording, at('x'))).toMatch(
      /Tavoite 7 Polku\. Foorumi LAPE\.$/,
    );
    expect(pinCount(at('x'), wording.texts)).toBe('1 tavoite, 1 foorumi');
    expect(pinCount(at('clinic'), wording.texts)).toBeUndefined();
    expect(pinNames(at('clinic'), wording)).toBe('');
  });

  it('say of a lead that it is only proposed', () => {
    const own = { ...post('a', 'p-espoo', 'Päällikkö'), part: 'lead' as const };
    const school = stage('Koulu', 'p-espoo', {
      responsibilities: [{ ...own, standing: 'proposed' }],
    });
    expect(stageName(school, 0, [], wording)).toContain('Vastaa: Päällikkö (odottaa hyväksyntää).');
  });

  it('note on the label what is not agreed, else a review that is overdue', () => {
    const note = (changes: Parameters<typeof handover>[3]) =>
      labelNote(handover('x', 'a', 'b', changes), wording);
    expect(note({})).toBeUndefined();
    expect(note({ standing: 'declined', reviewOverdue: true })).toBe('palautettu');
    expect(note({ reviewOverdue: true })).toBe('tarkistus myöhässä');
  });
});

describe('acceptance', () => {
  it('is that of what waits, beside what is in force', () => {
    const reopened = handover('x', 'a', 'b', {
      standing: 'reopened',
      inForce: agreement({ 'p-espoo': 'accepted', 'p-luvn': 'accepted' }),
      waiting: agreement({ 'p-espoo': 'accepted', 'p-luvn': 'open' }),
    });
    expect(slotsOf(reopened, wording.look).map(({ state }) => state)).toEqual([
      'accepted',
      'reopened',
    ]);
    expect(openDays(reopened.waiting, '2026-11-23')).toBe(14);
  });

  it('names who declined', () => {
    const declined = handover('x', 'a', 'b', {
      standing: 'declined',
      waiting: agreement({ 'p-espoo': 'accepted', 'p-luvn': 'declined' }),
    });
    expect(acceptanceWords(declined, wording)).toBe('LUVN palauttanut');
    expect(openDays(declined.waiting, '2026-11-23')).toBeUndefined();
  });

  it('compares contents line by line', () => {
    const { stages } = childrenChain();
    const lines = termLines(handover('x', 'clinic', 'school'), stages, wording);
    expect(lines.map(({ key }) => key)).toEqual([
      'from',
      'to',
      'what/fi',
      'what/sv',
      'what/en',
      'channel/fi',
      'channel/sv',
      'channel/en',
      'targetDays',
    ]);
    expect(lines[1]?.text).toBe('4 school (Espoo)');
  });
});

describe('the way of a resident', () => {
  it('begins where nothing leads to', () => {
    const { stages, handovers } = childrenChain();
    expect(firstStages({ stages, handovers }).map(({ id }) => id)).toEqual(['clinic']);
  });

  it('begins at the first stage of a chain that goes round', () => {
    const stages = [stage('a', 'p-espoo'), stage('b', 'p-luvn')];
    const round = [handover('1', 'a', 'b'), handover('2', 'b', 'a')];
    expect(firstStages({ stages, handovers: round }).map(({ id }) => id)).toEqual(['a']);
  });

  it('knows what goes from one party to another', () => {
    const { stages, handovers } = childrenChain();
    expect(handovers.filter((each) => !betweenParties(each, stages)).map(({ id }) => id)).toEqual([
      'ecec-school',
      'welfare-family',
    ]);
  });

  it('names languages in the language of the page', () => {
    expect(languageNames(['fi', 'sv', 'so'], 'fi')).toBe('suomi, ruotsi, somali');
  });
});
