/** Signing in, the post acted in, and a session that ended. */
export const session = {
  title: 'Kirjautuminen',
  lead: 'Kirjaudu oman organisaatiosi tunnuksilla.',
  organisations: 'Valitse organisaatiosi',
  noProviders: 'Kirjautuminen ei ole käytössä',
  noProvidersText: 'Julkisen sivuston sisällön voi lukea kirjautumatta.',
  publicTitle: 'Kirjautumatta',
  publicText:
    'Tavoitteet, toimenpiteet, päätökset ja julkaistut pöytäkirjat ovat kaikkien luettavissa. Niitä varten ei tarvitse kirjautua.',
  publicSite: 'Siirry julkiselle sivustolle',
  rolesTitle: 'Roolit',
  rolesText:
    'Roolin myöntää oman organisaatiosi pääkäyttäjä. Ilman roolia näet kirjautuneenakin vain julkiset tiedot.',
  errors: {
    provider_unavailable: {
      title: 'Organisaation kirjautumispalvelu ei vastannut',
      text: 'Häiriö voi olla tilapäinen. Yritä muutaman minuutin kuluttua uudelleen. Jos häiriö jatkuu, ota yhteyttä oman organisaatiosi IT-tukeen.',
    },
    sign_in_unknown: {
      title: 'Kirjautuminen vanheni',
      text: 'Kirjautuminen kesti yli kymmenen minuuttia, se alkoi toisessa selaimessa tai se oli jo tehty. Aloita kirjautuminen alusta.',
    },
    sign_in_cancelled: {
      title: 'Kirjautuminen peruttiin',
      text: 'Mitään ei muuttunut. Voit kirjautua uudelleen tai jatkaa kirjautumatta.',
    },
    sign_in_refused: {
      title: 'Kirjautumista ei hyväksytty',
      text: 'Tarkista, että valitsit oman organisaatiosi, ja yritä uudelleen. Jos kirjautuminen ei silti onnistu, ota yhteyttä oman organisaatiosi IT-tukeen.',
    },
    sign_in_failed: {
      title: 'Kirjautuminen ei onnistunut palvelun virheen vuoksi',
      text: 'Yritä uudelleen. Jos virhe toistuu, kerro siitä organisaatiosi pääkäyttäjälle ja mainitse, milloin yritit kirjautua.',
    },
  },
  signedIn: 'Olet kirjautunut',
  name: 'Nimi',
  organisation: 'Organisaatio',
  post: 'Tehtävä, jossa toimit',
  choosePost: 'Valitse tehtävä, jossa toimit. Voit vaihtaa sen milloin tahansa sivun yläreunasta.',
  noPostChosen:
    'Et toimi nyt missään tehtävässä. Valitse tehtävä, niin saat sen oikeudet käyttöösi.',
  onlyPersonal: 'Sinulla on henkilökohtainen rooli, joka ei riipu tehtävästä.',
  chosen: 'valittu',
  goOn: 'Jatka',
  noRole: 'Kirjautuminen onnistui',
  noRoleLead: 'Sinulla ei ole vielä roolia tässä palvelussa.',
  noRoleNow: 'Mitä voit tehdä nyt',
  noRoleNowText:
    'Julkinen sivusto on käytettävissäsi kuten kaikille muillekin: tavoitteet, toimenpiteet, päätökset ja julkaistut pöytäkirjat.',
  noRoleAsk: 'Mistä saat roolin',
  noRoleAskText:
    'Pyydä roolia oman organisaatiosi pääkäyttäjältä. Kerro hänelle nimesi ja tehtäväsi. Toisen organisaation pääkäyttäjä ei voi myöntää roolia sinulle.',
  noRoleThen: 'Kun rooli on myönnetty, lataa tämä sivu uudelleen. Uutta kirjautumista ei tarvita.',
  noRoleLink: 'Sinulla ei ole vielä roolia',
  ended: {
    title: 'Istuntosi on päättynyt.',
    text: 'Kirjoittamasi teksti on tallella tällä sivulla. Kirjaudu uudelleen ja tallenna sitten.',
    signIn: 'Kirjaudu uudelleen (uusi välilehti)',
    leave: 'Jatka kirjautumatta',
    otherTitle: (name: string) => `Selaimessa on nyt kirjautuneena ${name}.`,
    otherText: (name: string) =>
      `Tämä sivu avattiin käyttäjälle ${name}. Kirjoittamasi teksti on tallella, mutta sitä ei tallenneta toisen nimissä. Kirjaudu uudelleen omilla tunnuksillasi.`,
    goOnAs: (name: string) => `Jatka käyttäjänä ${name}`,
    over: 'Olet taas kirjautunut. Voit tallentaa.',
  },
  again: {
    title: 'Olet taas kirjautunut',
    lead: 'Sulje tämä välilehti ja jatka siinä, jossa työsi jäi kesken.',
  },
};
