/** Meetings in people's own calendars. */
export const calendars = {
  subscribe: 'Tilaa kalenteriin',
  forumHelp:
    'Foorumin julkiset kokoukset Outlookiin, Thunderbirdiin tai Google-kalenteriin. Muutokset päivittyvät itsestään.',
  address: 'Kalenterin osoite',
  open: 'Avaa kalenteriohjelmassa',
  copy: 'Kopioi',
  copied: 'Osoite on kopioitu.',
  mine: 'Oma kalenteri',
  mineHelp:
    'Yksityisestä osoitteesta kalenteriohjelmasi lukee niiden foorumien kokoukset, joissa tehtäväsi on jäsenenä, ja kokoukset, joihin tehtäväsi on nimetty sijaiseksi. Kuka tahansa osoitteen tietävä näkee ne, joten älä anna sitä muille. Osoite lakkaa toimimasta, kun uusit tai poistat sen, ja kun sinulla ei enää ole tehtävää eikä roolia.',
  mineAddress: 'Oman kalenterisi osoite',
  shownOnce: 'Kopioi osoite nyt. Sitä ei näytetä uudelleen.',
  madeAt: (time: string) => `Sinulla on osoite, joka on luotu ${time}.`,
  make: 'Luo osoite',
  renew: 'Uusi osoite',
  end: 'Poista osoite käytöstä',
  made: 'Osoite on luotu. Entinen ei enää toimi.',
  ended: 'Osoite ei enää toimi.',
};
