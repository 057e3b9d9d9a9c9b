import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** Scheduled work: what the service does by itself, how it goes, and what to do about it. */
export const jobs = {
  title: 'Ajastetut työt',
  lead: 'Mitä palvelu tekee itse: lähettää viestit, kokoaa päivittäiset koosteet ja lukee päätöspalvelut. Työt ovat osapuolille yhteisiä, ja kumpikin näkee ne kaikki.',
  loading: 'Haetaan töitä…',
  notAllowed: {
    title: 'Sivu on pääkäyttäjille ja auditoijille',
    text: 'Pääkäyttäjä näkee, kulkevatko palvelun ajastetut työt.',
  },
  empty: { title: 'Töitä ei ole', text: 'Palvelu ei kertonut yhdestäkään työstä.' },
  at: (time: string) => `Tilanne ${time}. Sivu päivittyy itse.`,
  allWell: 'Kaikki työt kulkevat.',
  attention: (names: string) => `Vaatii huomiota: ${names}.`,
  columns: {
    work: 'Työ',
    health: 'Tila',
    last: 'Viimeksi',
    next: 'Seuraavaksi',
    actions: 'Toiminnot',
  },
  kinds: {
    outbox_drain: {
      name: 'Viestien poiminta',
      text: 'Tekee viestit siitä, mitä kokouksissa on tapahtunut, ja antaa lähtevät viestit lähetettäviksi.',
    },
    mail_deliver: {
      name: 'Viestien lähettäminen',
      text: 'Antaa viestin sähköpostipalvelimelle ja kirjaa, miten kävi.',
    },
    digests_look: {
      name: 'Koosteiden ajankohdat',
      text: 'Katsoo, kenen päivittäisen koosteen aika on. Koosteessa ovat myös raportointikierrosten muistutukset.',
    },
    digest_make: {
      name: 'Koosteiden kokoaminen',
      text: 'Kokoaa yhden henkilön koosteen, jos kerrottavaa on.',
    },
    decision_feeds_look: {
      name: 'Päätöspalvelujen ajankohdat',
      text: 'Katsoo, mitkä päätöspalvelujen osoitteet on aika lukea.',
    },
    decision_feed_fetch: {
      name: 'Päätöspalvelujen lukeminen',
      text: 'Lukee yhden osoitteen uudet asiat.',
    },
    mail_sweep: {
      name: 'Vanhojen tekstien poistaminen',
      text: 'Poistaa yli kuukauden vanhojen viestien tekstit sekä vuorokautta vanhemmat vastaukset, jotka säilytetään saman pyynnön toiston varalta.',
    },
  },
  every: {
    seconds: (n: number) => `${num(n)} sekunnin välein`,
    minutes: (n: number) => `${num(n)} minuutin välein`,
    hour: 'Tunnin välein',
  },
  whenNeeded: 'Kun on tehtävää',
  healths: {
    failing: 'Epäonnistui',
    overdue: 'Myöhässä',
    troubled: 'Osa epäonnistuu',
    no_server: 'Postipalvelinta ei ole määritetty',
    unseen: 'Ei ole vielä ajettu',
    well: 'Kunnossa',
  },
  noServer:
    'Viestit merkitään lähettämättömiksi, kunnes ylläpito määrittää postipalvelimen. Lähettämättä jääneistä asioista kerrotaan seuraavassa koosteessa.',
  running: 'Käynnissä nyt',
  waiting: {
    outbox_drain: (n: number, since: string) =>
      n === 1
        ? `1 tapahtuma odottaa, ${since} alkaen`
        : `${num(n)} tapahtumaa odottaa, ${since} alkaen`,
    mail_deliver: (n: number, since: string) =>
      n === 1 ? `1 viesti odottaa, ${since} alkaen` : `${num(n)} viestiä odottaa, ${since} alkaen`,
  },
  feedsDue: (n: number) =>
    n === 1 ? '1 osoite odottaa lukemista' : `${num(n)} osoitetta odottaa lukemista`,
  mailsFailed: (n: number) =>
    n === 1
      ? '1 viesti ei mennyt perille viikon aikana'
      : `${num(n)} viestiä ei mennyt perille viikon aikana`,
  feedsFailed: (n: number) =>
    n === 1 ? '1 osoitetta ei voitu lukea' : `${num(n)} osoitetta ei voitu lukea`,
  seeMails: 'Oman organisaatiosi viestit, jotka eivät menneet perille',
  seeFeeds: 'Päätöspalvelujen osoitteet',
  lastDone: (time: string) => `Onnistui ${time}`,
  lastFailed: (time: string) => `Epäonnistui ${time}`,
  lastInterrupted: (time: string) => `Keskeytyi, alkoi ${time}`,
  doneBefore: (time: string) => `Onnistui viimeksi ${time}`,
  neverDone: 'Ei ole onnistunut kertaakaan',
  never: 'Ei vielä',
  next: (time: string) => `Noin ${time}`,
  causes: {
    timeout: 'Ajo kesti liian kauan',
    stopped: 'Palvelu pysäytettiin kesken ajon',
    database: 'Tietokanta ei vastannut tai esti ajon',
    panic: 'Ohjelmassa on virhe',
    killed: 'Palvelu päättyi kesken ajon. Toinen ajo tekee työn loppuun.',
    other: 'Syy on palvelimen lokissa',
  },
  detail: (code: string) => `tietokannan koodi ${code}`,
  no: (no: number, attempt: number) => `Lokin työ ${no}, yritys ${attempt}`,
  failures: (n: number) => (n === 1 ? 'Näytä 1 virhe' : `Näytä ${num(n)} virhettä`),
  failuresOf: (n: number, name: string) =>
    `${n === 1 ? 'Näytä 1 virhe' : `Näytä ${num(n)} virhettä`}: ${name}`,
  hide: 'Piilota virheet',
  kept: 'Virheistä säilyy 20 viimeisintä. Tarkka virhe on palvelimen lokissa samalla numerolla. Tästä se puuttuu, koska siinä voi olla henkilötietoja.',
  runNow: 'Suorita nyt',
  runNowOf: (name: string) => `Suorita nyt: ${name}`,
  tryMails: 'Lähetä odottavat nyt',
  asked: (name: string) => `Työ pantiin jonoon: ${name}. Tulos näkyy hetken kuluttua.`,
  failed: 'Työtä ei voitu panna jonoon',
};
