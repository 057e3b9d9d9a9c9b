import type { Texts } from '../fi';

export const conditionHelp: Texts['conditionHelp'] = {
  title: 'Hur läget beräknas',
  lead: 'En åtgärd har ett enda läge. Det beräknas varje dag utifrån status och datum, och ingen kan skriva in det för hand.',
  order: 'Lägena',
  orderText: 'Det första villkoret som uppfylls i denna ordning avgör.',
  condition: 'Läge',
  when: 'När',
  rules: {
    cancelled: 'Statusen är inställd, sammanslagen med en annan eller ersatt av en annan.',
    done: 'Statusen är färdig och resultatet har uppgetts.',
    paused: 'Statusen är pausad och orsaken har uppgetts.',
    late: 'Tidsfristens sista dag har passerat: åtgärdens egen eller den för någon av dess öppna deluppgifter eller milstolpar. Om tidsfristen är en månad, ett kvartal eller ett år är den sista dagen i slutet av perioden.',
    stale: 'Läget har inte bekräftats inom åtgärdens gräns, vanligen 60 dagar.',
    due_soon:
      'Det är högst 30 dagar till åtgärdens egen tidsfrist eller till tidsfristen för någon av dess öppna deluppgifter eller milstolpar.',
    not_started: 'Arbetet har inte börjat.',
    on_time: 'Arbetet pågår och inget av det föregående gäller.',
  },
  freshness: 'Aktualitet',
  freshnessText:
    'Varje gång någon uppger läget eller trycker på Stämmer fortfarande bekräftas uppgiften för den dagen. Hur ofta bestäms av planen: vanligen är målet en bekräftelse var 30:e dag, och en uppgift som är äldre än 60 dagar märks som föråldrad. Om åtgärden hör till mål i flera planer avgör den strängaste; en plan som en annan av dem har ersatt inverkar inte längre. En åtgärd kan också ha en egen rytm. Aktualiteten är ett faktum, ingen förebråelse.',
  unowned: 'Utan ansvarig',
  unownedText:
    'Utöver läget visas om ingen har huvudansvaret eller om ingen sköter den huvudansvariga befattningen.',
  atRisk: 'I riskzonen',
  atRiskText:
    'Utöver läget visas om åtgärden väntar på en annan som är försenad: direkt eller via andra. En avslutad åtgärd för inte risken vidare.',
  reported: 'Status och läge',
  reportedText:
    'Statusen skrivs in av en person, läget beräknas av tjänsten. När statusen avviker från vad datumen säger behövs en motivering: för paus, inställning, sammanslagning och ersättning alltid; för inte påbörjad när startdatumet har passerat eller arbetet redan har framskridit; för pågår eller färdig före startdatumet; och för att öppna något avslutat på nytt.',
  past: 'När du ser på en tidigare dag beräknas läget utifrån den dagens uppgifter.',
};
