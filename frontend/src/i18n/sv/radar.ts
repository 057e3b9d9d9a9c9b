import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'sv');

export const radar: Texts['radar'] = {
  title: pages.radar,
  lead: 'Befattningar och saker som ingen i praktiken svarar för. Sidan visar befattningar, inte personer.',
  loading: 'Ansvarsluckorna hämtas…',
  counts: 'Ansvarsluckor enligt orsak och part',
  reason: 'Orsak',
  party: 'Part',
  noParty: 'Ingen part',
  all: 'Alla',
  show: (reason, party, count) => `${reason}, ${party}: ${num(count)}`,
  reasons: {
    left: {
      name: 'Innehavaren har slutat',
      text: 'Befattningens innehavare har slutat eller befattningen har upphört, och den har fortfarande öppna ansvar.',
    },
    vacant: {
      name: 'Befattningen saknar person',
      text: 'Befattningen har varken innehavare eller ställföreträdare.',
    },
    never_updated: {
      name: 'Läget har aldrig rapporterats',
      text: 'Parten leder åtgärden eller delar ansvaret för den, men har inte själv berättat om läget inom åtgärdens gräns, vanligen 60 dagar, och dess befattning har aldrig rapporterat det. Vardera parten svarar bara för sin egen tystnad.',
    },
    not_updated: {
      name: 'Läget har inte uppdaterats',
      text: 'Partens befattning har någon gång rapporterat åtgärdens läge, men parten har inte själv rapporterat eller bekräftat det inom åtgärdens gräns, vanligen 60 dagar. Vardera parten svarar bara för sin egen tystnad.',
    },
    no_lead: {
      name: 'Ledande befattning saknas',
      text: 'Ingen befattning leder den öppna åtgärden, målet saknar en parts ledande befattning, eller ingen befattning leder servicekedjans första steg.',
    },
    unit_only: {
      name: 'Endast ett steg, ett forum eller andra har namngetts',
      text: 'Den öppna åtgärden hör till ett steg i en servicekedja eller till ett forum eller har andra befattningar, men ingen befattning leder den.',
    },
    unaccepted: {
      name: 'Ledningsansvaret har inte godkänts',
      text: 'En ledande befattning har föreslagits, men parterna har inte godkänt ansvaret.',
    },
  },
  found: (count) => (count === 1 ? '1 ansvarslucka' : `${num(count)} ansvarsluckor`),
  none: 'Det finns inga ansvarsluckor',
  noneText: 'Med denna avgränsning svarar någon för allt.',
  post: 'Befattning',
  thing: 'Sak',
  who: 'Vem borde svara',
  owns: 'Öppna ansvar',
  since: {
    left: 'Utan innehavare',
    vacant: 'Utan innehavare',
    never_updated: 'Uppgift väntad sedan',
    not_updated: 'Senast bekräftad av parten',
    no_lead: 'Utan ledande befattning',
    unit_only: 'Utan ledande befattning',
    unaccepted: 'Föreslagen',
  },
  days: 'Tid',
  dayCount: (days) => (days === 1 ? '1 dag' : `${days} dagar`),
  owned: {
    goals: (count) => `${num(count)} mål`,
    actions: (count) => (count === 1 ? '1 åtgärd' : `${num(count)} åtgärder`),
    chains: (count) => (count === 1 ? '1 servicekedja' : `${num(count)} servicekedjor`),
    stages: (count) => `${num(count)} steg i servicekedjor`,
    handovers: (count) => (count === 1 ? '1 övergång' : `${num(count)} övergångar`),
    forums: (count) => `${num(count)} forum`,
  },
  ownsNothing: 'Inga öppna ansvar',
  neverHeld: 'ingen har innehaft befattningen',
  deputies: (count) => (count === 1 ? '1 ställföreträdare' : `${num(count)} ställföreträdare`),
  next: (day) => `ny innehavare ${day}`,
};
