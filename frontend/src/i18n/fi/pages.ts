/** What the pages of the menu are called: the menu says it before their own texts are loaded. */
export const pages = {
  matrix: 'Vastuut',
  chains: 'Palveluketjut',
  forums: 'Foorumit',
  organisation: 'Organisaatio',
  log: 'Läpinäkyvyys',
  myWork: 'Oma työ',
  access: 'Käyttöoikeudet',
  profile: 'Omat tietoni',
  radar: 'Vastuuaukot',
};
