import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** What the messages say: the texts that administrators write around what a message tells. */
export const mailTexts = {
  title: 'Viestien tekstit',
  lead: 'Mitä palvelun viesteissä lukee oman organisaatiosi väelle. Kokouksen tiedot ja odottavat asiat tulevat viestiin aina itsestään.',
  loading: 'Haetaan tekstejä…',
  notAllowed: {
    title: 'Sivu on pääkäyttäjille ja auditoijille',
    text: 'Pääkäyttäjä kirjoittaa, mitä viesteissä lukee oman organisaation väelle.',
  },
  party: 'Organisaatio',
  columns: { kind: 'Viesti', subject: 'Otsikko', state: 'Tekstit', open: 'Muokkaus' },
  changed: (time: string) => `Muutettu ${time}`,
  original: 'Alkuperäiset',
  edit: 'Muokkaa',
  show: 'Näytä',
  close: 'Sulje',
  editOf: (kind: string) => `Muokkaa tekstejä: ${kind}`,
  showOf: (kind: string) => `Näytä tekstit: ${kind}`,
  language: 'Kieli',
  languages: { fi: 'Suomi', sv: 'Ruotsi', en: 'Englanti' },
  flawed: (language: string, n: number) => `${language} (${num(n)})`,
  parts: { subject: 'Otsikko', intro: 'Alku', closing: 'Loppu' },
  hints: {
    subject: 'Viestin otsikkorivi.',
    intro: 'Ennen kokouksen tietoja tai odottavia asioita.',
    closing: 'Niiden jälkeen.',
  },
  may: (list: string) => `Voit käyttää: ${list}.`,
  must: (list: string) => `Pakollinen: ${list}.`,
  placeholders: {
    title: 'Automaattiset kohdat',
    lead: 'Aaltosulkeissa oleva sana korvautuu viestissä. Kirjoita se täsmälleen näin kaikilla kielillä.',
    forum: 'foorumin nimi',
    number: 'kokouksen numero',
    time: 'kokouksen alkamisaika',
    paper: 'kokouksen asiakirja: muistio tai pöytäkirja',
    link: 'kokouksen sivun osoite',
    because: 'miksi vastaanottaja sai viestin',
    counts: 'mitä koosteessa on, muutamalla sanalla',
    day: 'koosteen päivä',
    myWork: 'Oma työ -sivun osoite',
    choices: 'sivu, jolla vastaanottaja valitsee, mistä hänelle kirjoitetaan',
    unsubscribe: 'osoitteet, joista aiheen voi lopettaa',
  },
  flaws: {
    required: 'Kirjoita teksti.',
    too_long: 'Teksti on liian pitkä.',
    unknown_placeholder: (name: string) =>
      `Automaattista kohtaa {${name}} ei ole tässä. Tarkista kirjoitusasu.`,
    missing_placeholder: (name: string) => `Lisää pakollinen kohta {${name}}.`,
  },
  flawList: 'Korjattavaa ennen tallennusta',
  preview: {
    title: 'Esikatselu',
    example: 'Esimerkki: foorumi, kokous ja tehtävä ovat keksittyjä.',
    loading: 'Tehdään esikatselua…',
    format: 'Muoto',
    html: 'Muotoiltu',
    text: 'Pelkkä teksti',
    subject: 'Otsikko',
  },
  saved: 'Tekstit tallennettiin. Ne ovat käytössä seuraavasta viestistä alkaen.',
  restore: 'Palauta alkuperäiset tekstit',
  restoreAsk:
    'Kaikki tämän viestin tekstit vaihtuvat alkuperäisiin kaikilla kielillä. Nykyiset tekstit jäävät lokiin.',
  restoreYes: 'Palauta',
  restoreNo: 'Peruuta',
  restored: 'Alkuperäiset tekstit palautettiin.',
  restoreFailed: 'Tekstejä ei palautettu',
};
