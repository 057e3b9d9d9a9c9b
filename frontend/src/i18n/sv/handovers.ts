import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const handovers: Texts['handovers'] = {
  title: 'Övergång',
  list: {
    title: 'Övergångar',
    lead: 'Var invånaren går över från en service till en annan, hur väl övergången fungerar och om parterna har kommit överens om den.',
    caption: 'Övergångarna i alla servicekedjor enligt kedja',
  },
  words: 'Övergångarna i ord',
  caption: 'Övergångar från ett steg till ett annat',
  none: 'Inga övergångar har antecknats för kedjan.',
  key: 'Siffran är målet för övergångens längd. Ett avbrott i linjen visar en lucka. En övergång som parterna ännu inte har kommit överens om har parternas märken.',
  from: 'Från',
  to: 'Till',
  way: 'Från – till',
  what: 'Vad som överförs',
  channel: 'Kanal',
  target: 'Mål',
  targetDays: 'Måltid i dagar',
  gap: 'Lucka',
  gapReason: 'Orsak till luckan',
  acceptance: 'Godkännande',
  review: 'Översyn',
  nextReview: 'Nästa översyn',
  evidence: 'Belägg för att den fungerar',
  noEvidence: 'Inga belägg har antecknats.',
  noReason: 'Ingen orsak har antecknats.',
  checkedOn: (day) => `kontrollerat ${day}`,
  noTarget: 'ingen måltid',
  noReview: 'inte avtalat',
  reviewLate: 'översynen försenad',
  days: (n) => `${num(n)} d`,
  toStage: (no) => `Till steg ${no}`,
  fromTo: (from, to) => `Övergång från steg ${from} till steg ${to}.`,
  actionsOf: (all, late) =>
    `${all === 0 ? 'Inga åtgärder' : all === 1 ? 'En åtgärd' : `${num(all)} åtgärder`}${late === 0 ? '' : late === all ? (all === 1 ? ', försenad' : ', försenade') : `, varav ${late} ${late === 1 ? 'försenad' : 'försenade'}`}.`,
  summary: (stages, handovers) =>
    `Kedjan har ${stages === 1 ? 'ett' : stages} steg och ${handovers === 1 ? 'en övergång' : `${handovers} övergångar`}.`,
  summaryMajor: (n) =>
    n === 1 ? 'I en övergång finns en stor lucka' : `I ${num(n)} övergångar finns en stor lucka`,
  summaryBetween: (n, major) =>
    n === major
      ? major === 1
        ? ', och den finns mellan parterna.'
        : ', alla mellan parterna.'
      : n === 0
        ? '.'
        : `, ${n === 1 ? 'en av dem' : `${num(n)} av dem`} mellan parterna.`,
  summaryOpen: (n) =>
    n === 1 ? 'En övergång är ännu inte godkänd.' : `${num(n)} övergångar är ännu inte godkända.`,
  standingsShort: {
    proposed: 'inte godkänd',
    declined: 'återsänd',
    in_force: 'i kraft',
    reopened: 'ändring öppen',
    change_declined: 'ändring återsänd',
  },
  majorGaps: 'Stora luckor',
  allGaps: 'Var brister kedjan?',
  forResidents: 'För invånare',
  forResidentsLong: 'Anvisning för invånare: var du börjar och vad som sedan händer',
  freshness: 'Hur aktuell kedjan är',
  changed: 'Kedjan ändrades senast',
  reviewed: 'Nästa översyn av en övergång',
  reviewsLate: (n) =>
    n === 1
      ? 'Översynen av en övergång är försenad'
      : `Översynen av ${num(n)} övergångar är försenad`,
  reviewsMissing: (n) =>
    n === 1
      ? 'För en övergång har ingen översyn avtalats'
      : `För ${num(n)} övergångar har ingen översyn avtalats`,
  lastMeeting: (day) => `Senast ${day}`,
  nextMeeting: (day) => `Nästa gång ${day}`,
  noForum: 'Inget forum har tagit kedjan till uppföljning.',
  pinnedGoals: (n) => `${num(n)} mål`,
  pinnedForums: (n) => `${num(n)} forum`,
  pinnedGoal: 'Mål',
  pinnedForum: 'Forum',
  targetGroup: 'För vem',
  stageChannel: 'Så kommer man till servicen',
  languages: 'Servicens språk',
  detail: {
    close: 'Stäng övergången',
    gone: 'Övergången finns inte i kedjan den dagen. Den kan ha upphört.',
    notInForce: 'Övergången är ett förslag. Den är ännu inte i kraft.',
    withdrawHint:
      'Det senast godkända innehållet förblir i kraft. Finns det inget sådant, försvinner övergången ur kedjan.',
    responsible: 'Ansvariga för övergången',
    actions: 'Åtgärder som gäller övergången',
    noActions: 'Ingen åtgärd gäller ännu den här övergången.',
    createAction: 'Skapa en åtgärd för detta',
    edit: 'Redigera övergången',
  },
  form: {
    handovers: 'Övergångar',
    handoversHint:
      'En övergång som lämnas bort upphör. Ändrar du vad som överförs, varifrån och vart, kanalen eller tiden, ska den givande och den mottagande parten godkänna ändringen. Till dess gäller det senast godkända innehållet.',
    add: 'Lägg till övergång',
    end: 'Avsluta övergången',
    endOf: (name) => `Avsluta övergången: ${name}`,
    no: (n) => `Övergång ${num(n)}`,
    newHandover: 'ny övergång',
    sameStage: 'Övergången börjar och slutar i samma steg. Välj ett annat steg.',
    targetHint: 'I hela dagar, högst 3650. Tomt: ingen måltid har avtalats.',
    addEvidence: 'Lägg till belägg',
    evidenceTitle: 'Vad belägget är',
    evidenceUrl: 'Adress',
    evidenceChecked: 'Kontrollerat',
    removeEvidence: (name) => `Ta bort belägget: ${name}`,
    remove: 'Ta bort',
    languagesHint: 'Språkkoder skilda åt med kommatecken, till exempel fi, sv, en',
    split: 'Dela i två',
    splitOf: (name) => `Dela i två: ${name}`,
    splitDone:
      'Steget har delats. De övergångar som utgick från det utgår nu från den senare delen, och en övergång mellan delarna har lagts till.',
    undo: 'Ångra',
    redo: 'Gör om',
    undone: 'Ändringen har ångrats.',
    redone: 'Ändringen har gjorts om.',
    moved: (name, place) => `${name} är nu steg ${place}.`,
    moveHint: 'Stegets plats ändras också med tangenterna Alt + uppåtpil och Alt + nedåtpil.',
    ending: (name) => `Steget avslutas: ${name}`,
    endingHint: 'Övergångar hör till steget. Välj vad som ska ske med var och en.',
    endHandover: 'Övergången upphör',
    goesTo: (name) => `Går till steg ${name}`,
    leavesFrom: (name) => `Utgår från steg ${name}`,
    preview: 'Kedjan så som den sparas',
  },
  guide: {
    title: (chain) => `${chain}: var du börjar`,
    lead: 'Här berättas i tur och ordning i vilken service du kan börja, vad som händer efter det och vilken organisation som ansvarar.',
    others: 'Andra anvisningar',
    first: 'Börja här',
    steps: 'Stegen i ordning',
    firstStep: 'Här kan du börja',
    step: (no) => `Steg ${no}`,
    answers: 'För servicen ansvarar',
    nobody: 'Ingen ansvarig befattning har utsetts',
    leadNotAgreed: (parties) =>
      `${parties}: en ansvarig befattning har föreslagits men man har ännu inte kommit överens om den.`,
    address: 'Besöksadress',
    forWhom: 'För vem',
    how: 'Så tar du kontakt',
    languages: 'Servicens språk',
    next: 'Vad som sedan händer',
    end: 'Kedjan slutar här. Du kan återvända till servicen genom att ta kontakt på nytt.',
    nextTo: 'Nästa service är',
    by: 'Så går det till',
    within: (days) =>
      days === 0
        ? 'Mål: under samma dag'
        : days === 1
          ? 'Mål: inom en dag'
          : `Mål: inom ${days} dagar`,
    noTime: 'Ingen måltid har avtalats.',
    unsure: 'Parterna har ännu inte gemensamt kommit överens om den här övergången.',
    weak: 'Övergången fungerar ännu inte som avtalat. Du kan själv behöva ta kontakt.',
    notPromise:
      'Tiderna är parternas gemensamma mål. De ersätter inte de tidsfrister som föreskrivs i lag.',
    emergency: 'Ring nödnumret 112 i en nödsituation.',
    partners: 'Medverkar också',
  },
};
