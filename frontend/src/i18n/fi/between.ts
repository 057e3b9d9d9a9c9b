import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** What changed in a list or an item between two days. */
export const between = {
  title: 'Mitä muuttui kahden päivän välillä',
  lead: 'Sivu vertaa päivien lopun tilanteita. Mukana on se, mitä saat nähdä tänään ja mikä oli nähtävissä myös silloin.',
  week: 'Viikon takaa',
  month: 'Kuukauden takaa',
  year: 'Vuoden takaa',
  loading: 'Verrataan…',
  ofList: (name: string) => `Luettelo: ${name}`,
  filters: 'Luettelon rajaukset',
  back: 'Takaisin',
  came: 'Tuli luetteloon',
  changed: 'Muuttui',
  went: 'Lähti luettelosta',
  cameText: 'Uudet, ja ne jotka täyttävät rajaukset vasta myöhempänä päivänä.',
  wentText:
    'Poistetut ja päättyneet, ja ne jotka eivät enää täytä rajauksia. Linkki vie aikaisemman päivän tilanteeseen.',
  itemCame: 'Tätä ei ollut nähtävissä aikaisempana päivänä.',
  itemWent: 'Tätä ei ollut enää nähtävissä myöhempänä päivänä.',
  count: (rows: number) => num(rows),
  unchanged: (rows: number) =>
    rows === 1 ? '1 rivi on ennallaan.' : `${num(rows)} riviä on ennallaan.`,
  none: 'Mikään ei muuttunut päivien välillä',
  left: (rows: number) =>
    rows === 1
      ? 'Lisäksi 1 rivi, jota tässä ei luetella. Se on tiedostossa.'
      : `Lisäksi ${num(rows)} riviä, joita tässä ei luetella. Ne ovat tiedostossa.`,
  values: 'Tiedot',
  old: 'Ennen',
  new: 'Jälkeen',
  empty: 'Tyhjä',
  inLanguage: { fi: 'suomeksi', sv: 'ruotsiksi', en: 'englanniksi' },
  publicSees:
    'Tässä on vain julkinen sisältö. Näiden päivien välillä julkaistu kohde näkyy uutena.',
  choose: 'Valitse ensin, mitä verrataan',
  chooseText:
    'Avaa luettelo, kuten toimenpiteet tai tavoitteet, ja valitse sieltä ”Mitä muuttui kahden päivän välillä”. Luettelon rajaukset tulevat mukaan.',
};
