import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** The sent log: what was written to whom. */
export const mails = {
  title: 'Lähetetyt viestit',
  administration: 'Ylläpidon sivut',
  lead: 'Kokouksista ja omista oikeuksista lähetetyt sähköpostit sekä päivittäiset koosteet: kenelle, miksi ja miten kävi. Näet oman organisaatiosi väelle lähetetyt viestit. Viestin teksti säilyy kuukauden, rivi pysyvästi.',
  loading: 'Haetaan viestejä…',
  count: (n: number) => (n === 1 ? '1 viesti' : `${num(n)} viestiä`),
  notAllowed: {
    title: 'Sivu on pääkäyttäjille ja auditoijille',
    text: 'Oman organisaatiosi pääkäyttäjä näkee, mitä sähköposteja palvelu on lähettänyt.',
  },
  empty: {
    title: 'Viestejä ei ole',
    text: 'Viesti syntyy, kun kokous kutsutaan koolle, siirretään tai perutaan, kun asiakirja odottaa hyväksyntää ja kun se julkaistaan. Viesti syntyy myös, kun henkilölle annetaan rooli tai tehtävä, se päätetään tai hänen nimissään luodaan rajapintatunnus. Kooste lähtee työpäivinä sille, jota jokin odottaa.',
  },
  all: 'Kaikki',
  state: 'Tila',
  kind: 'Aihe',
  states: {
    queued: 'Jonossa',
    sending: 'Lähetettävänä',
    sent: 'Lähetetty',
    failed: 'Ei mennyt perille',
    withheld: 'Ei lähetetty: oikeus nähdä asia päättyi',
    not_configured: 'Ei lähetetty: sähköpostipalvelinta ei ole määritetty',
    no_address: 'Ei lähetetty: sähköpostiosoite puuttuu',
    superseded: 'Ei lähetetty: asia ehti muuttua',
  },
  kinds: {
    meeting_called: 'Kokouskutsu',
    meeting_changed: 'Kokouksen muutos',
    meeting_cancelled: 'Kokouksen peruminen',
    approval_asked: 'Asiakirja odottaa hyväksyntää',
    meeting_published: 'Asiakirja on julkaistu',
    substitute_released: 'Sijaisen kutsun peruminen',
    member_released: 'Jäsenen kutsun peruminen',
    digest: 'Päivittäinen kooste',
    token_made: 'Rajapintatunnus luotu',
    access_given: 'Rooli tai tehtävä annettu',
    access_taken: 'Roolin tai tehtävän päättyminen',
  },
  reasons: {
    holder: 'tehtävän hoitajana',
    deputy: 'tehtävän sijaisena',
    unit_manager: 'yksikön johtajana, koska tehtävällä ei ole hoitajaa',
    coordinator: 'koordinaattorina, koska tehtävällä ei ole hoitajaa eikä yksiköllä johtajaa',
    follower: 'seuraajana',
    own: 'koska asia koskee vastaanottajaa itseään',
  },
  failures: {
    unreachable: 'Palvelin ei vastannut',
    in_doubt: 'Yhteys katkesi ennen palvelimen vastausta',
    deferred: 'Palvelin pyysi yrittämään myöhemmin',
    refused: 'Palvelin ei ottanut viestiä vastaan',
  },
  inDoubt: 'On voinut mennä kahdesti, samalla tunnisteella.',
  attempts: (n: number) => `${num(n)} yritystä`,
  nextTry: (time: string) => `Seuraava yritys ${time}`,
  columns: {
    subject: 'Viesti',
    to: 'Kenelle',
    state: 'Tila',
    when: 'Aika',
    open: 'Viestin teksti',
  },
  show: 'Näytä',
  hide: 'Piilota',
  showOf: (subject: string, person: string) => `Näytä viesti: ${subject}, ${person}`,
  textWithheld:
    'Et saa lukea tekstiä. Siinä voi olla kokouksen asiakirjoja tai se, mitä vastaanottaja seuraa.',
  textGone: 'Teksti poistuu kuukauden kuluttua lähettämisestä.',
  noText: 'Viestiä ei ehditty kirjoittaa.',
  withCalendar: 'Mukana kalenterikutsu',
  messageId: 'Tunniste',
};
