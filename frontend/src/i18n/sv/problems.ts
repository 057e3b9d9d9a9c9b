import type { Texts } from '../fi';

export const problems: Texts['problems'] = {
  title: 'Uppgifterna kunde inte hämtas',
  saveTitle: 'Det gick inte att spara',
  general: 'Ett fel inträffade i tjänsten. Försök igen om en stund.',
  offline: 'Servern svarade inte. Kontrollera nätförbindelsen och försök igen.',
  retry: 'Försök igen',
  requestId: (id) => `Identifierare ${id}`,
  codes: {
    malformed: 'Begäran kunde inte läsas.',
    unauthenticated: 'Sessionen har avslutats. Logga in på nytt; det du skrev finns kvar.',
    forbidden: 'Du har inte rätt till detta.',
    not_found: 'Objektet hittades inte, eller så har du inte rätt att se det.',
    conflict: 'Objektets tillstånd tillåter inte detta.',
    stale: 'Någon sparade en ändring under tiden.',
    precondition_missing: 'Begäran saknade uppgift om vilken version som ändras.',
    too_large: 'Den sända informationen är för stor.',
    invalid: 'Kontrollera de markerade punkterna.',
    limited: 'Det har kommit för många begäranden. Vänta en stund och försök igen.',
    unavailable: 'Tjänsten är tillfälligt ur bruk. Försök igen om en stund.',
  },
  fields: {
    required: 'Uppgiften saknas.',
    too_long: 'Texten är för lång.',
    too_short: 'Texten är för kort.',
    date: 'Dagen finns inte.',
    unknown: 'Objektet finns inte.',
    invalid: 'Uppgiften duger inte.',
  },
};
