import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const between: Texts['between'] = {
  title: 'Vad som ändrades mellan två dagar',
  lead: 'Lägena i slutet av dagarna jämförs. Sidan visar det som du får se i dag och som kunde ses då.',
  week: 'Sedan en vecka',
  month: 'Sedan en månad',
  year: 'Sedan ett år',
  loading: 'Jämför…',
  ofList: (name) => `Förteckning: ${name}`,
  filters: 'Förteckningens avgränsningar',
  back: 'Tillbaka',
  came: 'Kom till i förteckningen',
  changed: 'Ändrades',
  went: 'Föll bort från förteckningen',
  cameText: 'Nya, och de som uppfyller avgränsningarna först den senare dagen.',
  wentText:
    'Raderade och avslutade, och de som inte längre uppfyller avgränsningarna. Länken leder till läget den tidigare dagen.',
  itemCame: 'Detta kunde inte ses den tidigare dagen.',
  itemWent: 'Detta kunde inte längre ses den senare dagen.',
  count: (rows) => num(rows),
  unchanged: (rows) => (rows === 1 ? '1 rad är oförändrad.' : `${num(rows)} rader är oförändrade.`),
  none: 'Ingenting ändrades mellan dagarna',
  left: (rows) =>
    rows === 1
      ? 'Dessutom 1 rad som inte räknas upp här. Den finns i filen.'
      : `Dessutom ${num(rows)} rader som inte räknas upp här. De finns i filen.`,
  values: 'Uppgifter',
  old: 'Före',
  new: 'Efter',
  empty: 'Tomt',
  inLanguage: { fi: 'på finska', sv: 'på svenska', en: 'på engelska' },
  publicSees: 'Bara det offentliga visas: det som blev offentligt mellan dagarna visas som nytt.',
  choose: 'Välj först vad som jämförs',
  chooseText:
    'Öppna en förteckning, såsom åtgärder eller mål, och välj där ”Vad som ändrades mellan två dagar”. Förteckningens avgränsningar följer med.',
};
