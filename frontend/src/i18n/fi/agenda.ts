import { formatNumber } from '../../lib/numbers';

const num = (value: number) => formatNumber(value, 'fi');

/** Agendas, what is attached to them, and how matters go from one meeting and forum to another. */
export const agenda = {
  item: 'Asia',
  kind: 'Mitä lisätään',
  drag: (title: string) => `Raahaa ${title}`,
  heading: 'Väliotsikko',
  addHeading: 'Lisää väliotsikko',
  addSub: 'Lisää alakohta',
  under: (title: string) => `Alakohta asiaan ${title}`,
  planned: (time: string) => `klo ${time}`,
  overrun: (minutes: number) => `Varatut ajat ylittävät kokouksen keston ${minutes} minuutilla.`,
  indent: (title: string) => `Siirrä ${title} edellisen asian alakohdaksi`,
  outdent: (title: string) => `Siirrä ${title} omaksi asiakseen`,
  carried: (times: number) => (times === 1 ? 'siirretty kerran' : `siirretty ${times} kertaa`),
  notHandled: 'Ei käsitelty:',
  targets: {
    assignee: 'Kenelle',
    recipient: 'Kenelle suositellaan',
    recipientWords: 'Kenelle, sanoin',
    dueOn: 'Mihin mennessä',
    until: 'Mihin päivään asti',
    toMeeting: 'Mihin kokoukseen',
    toForum: 'Mille foorumille',
    notChosen: 'Ei valittu',
  },
  told: {
    to: 'Kenelle:',
    due: (date: string) => `Mihin mennessä: ${date}`,
    until: (date: string) => `Palataan ${date} mennessä`,
    untilMeeting: 'Palataan kokouksessa',
  },
  ending: {
    told: (date: string) => `Kokouksen jälkeen todettiin ${date}, ettei toimia enää tarvita:`,
    end: {
      button: 'Ei aiheuta enää toimia',
      of: (no: number) => `Lopputulos ${no} ei aiheuta enää toimia`,
      reason: 'Miksi toimia ei enää tarvita',
      hint: 'Perustelun näkevät kaikki, jotka näkevät asian. Kokouksen asiakirja ei muutu.',
      done: 'Perustelu on tallennettu, eikä asia ole enää avoinna.',
    },
    withdraw: {
      button: 'Peru lähete',
      of: (no: number) => `Peru lopputuloksen ${no} lähete`,
      reason: 'Miksi lähete perutaan',
      hint: 'Myös vastaanottava foorumi näkee perustelun. Kokouksen asiakirja ei muutu.',
      done: 'Lähete on peruttu.',
    },
    correct: {
      button: 'Korjaa perustelua',
      of: (no: number) => `Korjaa perustelua, lopputulos ${no}`,
      ending: 'Miksi toimia ei enää tarvita',
      hint: 'Uuden perustelun näkevät kaikki, jotka näkevät asian. Kokouksen asiakirja ei muutu.',
      referralHint:
        'Myös vastaanottava foorumi näkee uuden perustelun. Kokouksen asiakirja ei muutu.',
      reason: 'Miksi perustelua korjataan',
      reasonHint: 'Syy sekä vanha ja uusi perustelu jäävät lokiin.',
      done: 'Perustelu on korjattu.',
    },
    retract: {
      button: 'Ota takaisin',
      of: (no: number) => `Ota takaisin lopputuloksen ${no} päättäminen`,
      reason: 'Miksi asia avataan uudelleen',
      hint: 'Asia on sen jälkeen taas avoinna. Syy jää lokiin. Kokouksen asiakirja ei muutu.',
      referralHint:
        'Lähete odottaa sen jälkeen taas vastausta, ja vastaamisen määräaika pitenee niillä päivillä, jotka lähete oli peruttuna. Syy jää lokiin.',
      done: 'Asia on taas avoinna.',
    },
  },
  unhandled: {
    title: (count: number) =>
      count === 1 ? '1 asialta puuttuu lopputulos' : `${num(count)} asialta puuttuu lopputulos`,
    note: 'Merkitse tiedoksi',
    notedText: {
      fi: 'Merkittiin tiedoksi.',
      sv: 'Antecknades för kännedom.',
      en: 'Noted.',
    },
    carry: 'Siirrä kokoukseen',
    leave: 'Ei käsitelty, perustelu',
    reason: 'Miksi asiaa ei käsitelty',
  },
  documents: {
    title: 'Liitteet ja linkit',
    hidden: (ground: string) => `Salassa pidettävä liite. ${ground}`,
    removed: (when: string, reason: string) => `Poistettu ${when}: ${reason}`,
    earlier: (when: string) => `aiempi tiedosto ${when}`,
    add: 'Lisää liite',
    kinds:
      'PDF-, Word-, Excel-, PowerPoint- ja OpenDocument-tiedostot, kuvat (PNG, JPEG) ja tekstit.',
    internal: 'Liite ei ole julkinen',
    send: 'Lähetä liite',
    replace: 'Korvaa tiedosto',
    remove: 'Poista liite',
    removeReason: 'Miksi liite poistetaan',
    failed: 'Liitettä ei voitu tallentaa',
  },
  transfer: {
    open: 'Siirrä tai kopioi',
    title: 'Siirrä tai kopioi toiseen kokoukseen',
    kind: 'Miten',
    kinds: {
      move: 'Siirrä asia',
      copy: 'Kopioi asia',
      carry_over: 'Siirrä käsittely myöhempään kokoukseen',
    },
    help: {
      move: 'Asia lopputuloksineen ja liitteineen lähtee tältä esityslistalta. Tänne jää merkintä.',
      copy: 'Asian tekstit ja liitteet kopioidaan. Lopputulokset jäävät tähän kokoukseen.',
      carry_over: 'Asia jää tähän asiakirjaan, ja sen käsittelyä jatketaan valitussa kokouksessa.',
    },
    from: {
      move: 'Siirretty kokouksesta',
      copy: 'Kopioitu kokouksesta',
      carry_over: 'Jatkoa kokoukselle',
    },
    to: {
      move: 'Siirretty kokoukseen',
      copy: 'Kopioitu kokoukseen',
      carry_over: 'Jatkuu kokouksessa',
    },
    otherMeeting: 'toinen kokous',
  },
  reopen: {
    button: 'Avaa uudelleen',
    title: 'Avaa kokous uudelleen',
    text: 'Kokoukseen voi taas kirjata lopputuloksia. Annetut hyväksynnät peruuntuvat.',
    reason: 'Miksi kokous avataan uudelleen',
    told: (when: string) => `Kokous avattiin uudelleen ${when}.`,
    approvals: (count: number) =>
      count === 1 ? 'Yksi hyväksyntä peruuntui.' : `${num(count)} hyväksyntää peruuntui.`,
  },
  sinceCall: {
    title: 'Muutokset kutsun jälkeen',
    failed: 'Kutsun jälkeisiä muutoksia ei saatu haettua',
    kinds: {
      added: 'Lisätty',
      removed: 'Poistettu',
      changed: 'Muutettu',
      moved: 'Järjestys muuttui',
    },
    mark: 'muutettu kutsun jälkeen',
    fields: {
      title: 'otsikko',
      preparer: 'valmistelija',
      proposal: 'päätösehdotus',
      explanation: 'selostus',
      presenterId: 'esittelijä',
      minutesReserved: 'varattu aika',
      links: 'linkit',
      visibility: 'julkisuus',
      attachments: 'liitteet',
    } as Record<string, string>,
  },
  dissent: {
    kinds: { dissent: 'Eriävä mielipide', reservation: 'Varauma' },
    add: 'Kirjaa eriävä mielipide tai varauma',
    addOf: (no: number) => `Eriävä mielipide tai varauma lopputulokseen ${no}`,
    kind: 'Mitä kirjataan',
    party: 'Osapuoli',
    post: 'Toimi, jos ei koko osapuoli',
    text: 'Sisältö',
    change: {
      dissent: 'Korjaa eriävä mielipide',
      reservation: 'Korjaa varauma',
    },
    withdraw: {
      dissent: 'Peru eriävä mielipide',
      reservation: 'Peru varauma',
    },
    withdrawReason: 'Perumisen syy',
    withdrawHint: 'Sisältö ja perumisen syy jäävät luettaviksi.',
    withdrawnNow: { dissent: 'Eriävä mielipide peruttiin.', reservation: 'Varauma peruttiin.' },
    withdrawn: 'Peruttu:',
  },
  case: {
    title: 'Asian käsittelyt',
    lead: (count: number) =>
      count === 1
        ? 'Asiaa on käsitelty yhdessä kokouksessa.'
        : `Asiaa on käsitelty ${num(count)} kertaa, vanhin ensin.`,
    loading: 'Haetaan asian käsittelyjä',
    documents: 'Viralliset asiakirjat',
    newest: 'Uusin käsittely',
    link: 'Asian kaikki käsittelyt',
    newer: 'Asiasta on uudempi käsittely:',
    inFinnish: 'suomeksi',
    inSwedish: 'ruotsiksi',
  },
};
