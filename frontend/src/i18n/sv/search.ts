import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const search: Texts['search'] = {
  title: 'Sökning',
  label: 'Sök bland mål, åtgärder, forum, mötesärenden, beslut och befattningar',
  placeholder: 'Sök',
  search: 'Sök',
  intro:
    'Sökningen hittar ord i olika böjningsformer, början av ord och små skrivfel på alla språk i innehållet.',
  lead: (count, more, q) =>
    more
      ? `Sökningen ”${q}” gav över ${num(count)} träffar.`
      : count === 1
        ? `Sökningen ”${q}” gav en träff.`
        : `Sökningen ”${q}” gav ${num(count)} träffar.`,
  results: 'Sökresultat',
  searching: 'Söker…',
  failed: 'Sökningen misslyckades. Försök igen.',
  tooShort: 'Skriv minst två bokstäver.',
  nothing: (q) => `Sökningen ”${q}” gav inga träffar.`,
  near: 'Orden hittades inte som sådana. De närmaste träffarna visas.',
  meant: 'Menade du:',
  offers: (n) => (n === 1 ? 'Ett förslag' : `${num(n)} förslag`),
  all: (q) => `Visa alla resultat för ”${q}”`,
  byKind: 'Resultat enligt slag',
  allKinds: 'Alla',
  help: 'Pröva ett kortare ord, början av ett ord eller färre ord. Du kan också bläddra:',
  count: (n) => (n === 1 ? '1 träff' : `${num(n)} träffar`),
  some: (shown, count) => `${num(shown)} bästa / ${count}`,
  narrow: 'De bästa träffarna visas. Precisera sökningen med fler ord.',
  inList: { action: 'Sök i förteckningen över åtgärder', post: 'Sök i organisationen' },
  item: (no) => `ärende ${no}`,
  kind: {
    goal: 'Mål',
    action: 'Åtgärd',
    forum: 'Forum',
    agenda_item: 'Mötesärende',
    outcome: 'Utfall',
    post: 'Befattning',
  },
  kinds: {
    goal: 'Mål',
    action: 'Åtgärder',
    forum: 'Forum',
    agenda_item: 'Mötesärenden',
    outcome: 'Beslut och andra utfall',
    post: 'Befattningar',
  },
  allOf: {
    goal: (n) => `Alla mål (${n})`,
    action: (n) => `Alla åtgärder (${n})`,
    forum: (n) => `Alla forum (${n})`,
    agenda_item: (n) => `Alla mötesärenden (${n})`,
    outcome: (n) => `Alla beslut och andra utfall (${n})`,
    post: (n) => `Alla befattningar (${n})`,
  },
  parts: {
    title: 'Rubrik',
    description: 'Beskrivning',
    result: 'Resultat',
    purpose: 'Syfte',
    mandate: 'Uppdrag och befogenheter',
    proposal: 'Beslutsförslag',
    proceedings: 'Behandling',
    decision: 'Beslut',
    explanation: 'Redogörelse',
    heard: 'Hörda',
    goesOnTo: 'Fortsatt behandling',
    noActionReason: 'Varför inga fortsatta åtgärder',
  },
};
