import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** Importing a meeting that was held before. */
export const forumImport = {
  link: 'Tuo pidetty kokous',
  title: 'Tuo pidetty kokous',
  lead: 'Aiemmin pidetyn kokouksen asiat, lopputulokset ja läsnäolo luetaan tiedostosta. Mitään ei tallenneta ennen kuin vahvistat.',
  secretaryOnly: 'Kokouksen tuo foorumin sihteeri.',
  file: 'Tiedosto',
  formats: 'YAML- tai XLSX-tiedosto, enintään 2 Mt. Tyhjä taulukko:',
  template: { fi: 'suomenkielinen', sv: 'ruotsinkielinen' },
  choose: 'Valitse tiedosto',
  checking: 'Tarkistetaan tiedostoa…',
  notChecked: 'Tiedostoa ei voitu tarkistaa',
  preview: 'Tiedosto on kunnossa',
  errors: (count: number) =>
    count === 1 ? 'Tiedostossa on 1 virhe' : `Tiedostossa on ${num(count)} virhettä`,
  meeting: 'Kokous',
  items: 'Asioita',
  outcomes: 'Lopputuloksia',
  attendance: 'Läsnäolotietoja',
  becomes:
    'Kokouksesta tulee päätetty kokous. Merkitse puuttuvat läsnäolot ja päätösten jatko, ja lähetä asiakirja hyväksyttäväksi. Lähetteet muille foorumeille lähtevät heti, ja niiden vastausaika alkaa tuonnista.',
  import: 'Tuo kokous',
  imported: 'Kokous tuotiin.',
  notImported: 'Kokousta ei tuotu',
  place: 'Kohta',
  lineOf: (line: number, column?: number) =>
    column ? `rivi ${line}, sarake ${column}` : `rivi ${line}`,
  wholeFile: 'koko tiedosto',
  key: 'Tieto',
  what: 'Mikä on vialla',
  again: 'Korjaa tiedosto ja valitse se uudelleen.',
};
