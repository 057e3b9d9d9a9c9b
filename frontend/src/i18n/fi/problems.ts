/** What went wrong, by the stable code of the problem document. */
export const problems = {
  title: 'Tietoja ei saatu',
  saveTitle: 'Tallennus ei onnistunut',
  general: 'Palvelussa tapahtui virhe. Yritä hetken kuluttua uudelleen.',
  offline: 'Palvelin ei vastannut. Tarkista verkkoyhteys ja yritä uudelleen.',
  retry: 'Yritä uudelleen',
  requestId: (id: string) => `Tunniste ${id}`,
  codes: {
    malformed: 'Pyyntöä ei voitu lukea.',
    unauthenticated: 'Istunto on päättynyt. Kirjaudu uudelleen; kirjoittamasi teksti säilyy.',
    forbidden: 'Sinulla ei ole oikeutta tähän.',
    not_found: 'Kohdetta ei löytynyt, tai sinulla ei ole oikeutta nähdä sitä.',
    conflict: 'Kohteen tila ei salli tätä.',
    stale: 'Joku tallensi muutoksen sillä välin.',
    precondition_missing: 'Pyynnöstä puuttui tieto siitä, mitä versiota muutetaan.',
    too_large: 'Lähetetty tieto on liian suuri.',
    invalid: 'Tarkista merkityt kohdat.',
    limited: 'Pyyntöjä on tullut liian monta. Odota hetki ja yritä uudelleen.',
    unavailable: 'Palvelu on hetken poissa käytöstä. Yritä kohta uudelleen.',
  },
  /** What is wrong with one field. */
  fields: {
    required: 'Tieto puuttuu.',
    too_long: 'Teksti on liian pitkä.',
    too_short: 'Teksti on liian lyhyt.',
    date: 'Päivää ei ole olemassa.',
    unknown: 'Kohdetta ei ole.',
    invalid: 'Tieto ei kelpaa.',
  },
};
