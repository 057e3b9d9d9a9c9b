/** What the service knows of the reader. */
export const profile = {
  title: 'Omat tietoni',
  lead: 'Nimesi näkyy julkisesti vain, jos päätät niin itse.',
  signedOut: 'Kirjaudu, niin näet omat tietosi',
  posts: 'Tehtäväni',
  explanation:
    'Kaikille näkyvät tehtävä ja palvelun yhteystieto. Jos näytät nimesi, se näkyy tehtävän vieressä organisaatiosivulla ja niiden toimenpiteiden, tavoitteiden ja palveluketjujen sivuilla, joista tehtävä vastaa. Kun piilotat nimesi, se poistuu heti myös menneiden päivien näkymistä.',
  none: 'Sinulla ei ole ollut tehtäviä',
  deputy: 'sijaisena',
  from: (day: string) => `${day} alkaen`,
  isShown: 'Nimesi näkyy kaikille.',
  isHidden: 'Nimesi näkyy vain kirjautuneille.',
  show: 'Näytä nimeni',
  showIn: (post: string) => `Näytä nimeni kaikille: ${post}`,
  hide: 'Piilota nimeni',
  hideIn: (post: string) => `Piilota nimeni: ${post}`,
  shown: 'Nimesi näkyy nyt kaikille.',
  hidden: 'Nimesi on piilotettu.',
};
