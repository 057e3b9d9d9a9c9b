import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';
import { pages } from './pages';

const num = (value: number) => formatNumber(value, 'sv');

const n = (value: number) => formatNumber(value, 'sv');

export const matrix: Texts['matrix'] = {
  title: pages.matrix,
  loading: 'Ansvaren hämtas…',
  lead: 'Vem som svarar för vad och om ansvaret är överenskommet. Ett delat ansvar är i kraft först när båda parterna har godkänt samma ordalydelse.',
  inForce: (inForce, all) =>
    all === 0
      ? ['', '', 'Inga ansvar har ännu antecknats.']
      : [
          'Nu är ',
          inForce === all ? `alla ${n(all)}\u00a0ansvar` : `${n(inForce)} av ${n(all)}\u00a0ansvar`,
          ' i kraft.',
        ],
  waiting: {
    title: (waiting) => `Väntar på godkännande: ${n(waiting)}`,
    all: 'Visa ansvaren som väntar',
    failed: 'Antalet ansvar kunde inte hämtas',
    how: 'Så här framskrider godkännandet',
    goal: (no) => `Mål\u00a0${no}`,
    action: (no) => `Åtgärd\u00a0${no}`,
    stage: (title) => `Steg ${title}`,
    forum: (title) => `Forum: ${title}`,
    chain: (title) => `Servicekedja: ${title}`,
    handovers: (n) => (n === 1 ? '1 övergång' : `${num(n)} övergångar`),
    waited: 'Har väntat',
    days: (days) => `${n(days)}\u00a0d`,
    changed: 'Föreslagen ändring:',
  },
  filters: {
    rows: 'Rader',
    theme: 'Målen enligt tema',
    chain: 'Enligt servicekedja',
    party: 'Part',
    allParties: 'Alla',
    part: 'Del',
    allParts: 'Alla',
    acceptance: 'Godkännande',
    allAcceptances: 'Alla',
    waiting: 'Väntar på godkännande',
    in_force: 'I kraft',
    condition: 'Åtgärdens läge',
    allConditions: 'Alla',
    ofChain: 'Servicekedja',
    allChains: 'Alla',
    post: 'Befattning',
    tag: (name, value) => `${name}: ${value}`,
  },
  result: (rows, byChain, posts) =>
    `${n(rows)}\u00a0${byChain ? (rows === 1 ? 'rad' : 'rader') : 'mål'}, ${n(posts)}\u00a0${posts === 1 ? 'befattning' : 'befattningar'}`,
  legend: 'Tecken',
  legendWaiting: 'Väntar på godkännande',
  none: 'Inga ansvar har ännu antecknats',
  more: 'Tabellen har de 400 första raderna. Avgränsa sökningen för att se resten.',
  grid: 'Ansvarsmatris',
  nameColumn: 'Mål eller åtgärd',
  nameColumnChain: 'Steg, övergång eller mål',
  acceptanceColumn: 'Godkännande',
  others: 'Övriga',
  showActions: (title) => `Visa åtgärderna: ${title}`,
  hideActions: (title) => `Dölj åtgärderna: ${title}`,
  showGroup: (title) => `Öppna gruppen ${title}`,
  hideGroup: (title) => `Stäng gruppen ${title}`,
  stage: (no) => `Steg ${no}`,
  goal: 'Mål',
  handover: 'Övergång',
  noPart: 'Ingen del',
  leads: 'Huvudansvar i målen',
  shared: 'Delade ansvar i målen',
  nobody: 'Inget ansvar har antecknats för någon.',
  actions: (actions, more) =>
    more
      ? `över ${n(actions)} åtgärder`
      : `${n(actions)}\u00a0${actions === 1 ? 'åtgärd' : 'åtgärder'}`,
  noActions: 'Inga åtgärder',
  loadingActions: 'Åtgärderna hämtas…',
  actionsFailed: 'Åtgärderna kunde inte hämtas.',
  someActions: (shown, more, all) =>
    `Här visas ${n(shown)} av ${more ? `över ${n(all)}` : n(all)} åtgärder.`,
  allActions: 'Alla åtgärder',
  panel: {
    title: 'Vald ruta',
    choose: 'Välj en ruta för att se ansvarets ordalydelse och godkännanden.',
    empty: 'Befattningen har ingen del i detta.',
    row: {
      goal: (no) => `Mål ${no}`,
      action: (no) => `Åtgärd ${no}`,
      stage: (no) => `Steg ${no}`,
      handover: () => 'Övergång',
    },
    loading: 'Ordalydelsen hämtas…',
    noWording: 'Ingen ordalydelse har antecknats.',
    change: 'Föreslagen ändring',
    withdrawn: 'Ansvaret upphör',
    from: (day) => `I kraft från ${day}`,
    fromTo: (from, to) => `I kraft ${from}–${to}`,
    accepted: (party, day) => `${party} har godkänt ${day}`,
    declined: (party, day) => `${party} har returnerat ${day}`,
    open: (party, days) => `${party} öppen ${n(days)}\u00a0d`,
    reason: (reason) => `”${reason}”`,
    goTo: {
      goal: 'Till målets sida',
      action: 'Till åtgärdens sida',
      chain: 'Till servicekedjans sida',
    },
    close: 'Stäng',
  },
  keys: 'Tangentbord: piltangenterna flyttar från ruta till ruta, Home och End till radens början och slut. Enter öppnar ansvarets ordalydelse och godkännanden, Esc återgår till tabellen. På radens namn öppnar Enter sidan och mellanslag visar åtgärderna.',
  asList: 'Samma uppgifter som lista',
  asGrid: 'Samma uppgifter som tabell',
  listTitle: 'Ansvar enligt mål',
  listTitleChain: 'Ansvar enligt servicekedja',
  balance: {
    title: 'Balansen i ansvaren',
    loading: 'Ansvaren räknas…',
    bar: 'Huvudansvar och delade ansvar i mål, åtgärder samt i servicekedjornas steg och övergångar.',
    ago: (day, figures) =>
      figures.every((figure) => figure === 0)
        ? `Inga ansvar hade ännu antecknats ${day}.`
        : `Förhållandet var ${figures.map(n).join(' och ')} ${day}.`,
    by: 'Indelning',
    bys: { party: 'Enligt part', theme: 'Enligt tema', chain: 'Enligt servicekedja' },
    groups: { theme: 'Tema', chain: 'Servicekedja' },
    party: 'Part',
    caption: (by) => `Ansvaren och deras läge: ${by}`,
    columns: {
      leads: 'Huvudansvar',
      shared: 'Delade ansvar',
      unaccepted: 'Väntar på godkännande',
      overdue: 'Försenade åtgärder',
      stale: 'Egen uppgift föråldrad',
    },
    change: 'Ändring under ett år',
    measure: 'Siffra',
    measures: {
      parts: 'Huvudansvar och delade ansvar',
      unaccepted: 'Väntar på godkännande',
      overdue: 'Försenade åtgärder',
      stale: 'Egen uppgift föråldrad',
    },
    asTable: 'Samma som tabell',
    day: 'Dag',
  },
};
