/** The statuses of the two parties and the joint one. */
export const together = {
  title: 'Osapuolten tilat',
  joint: 'Yhdessä',
  silent: 'Ei omaa tilannetietoa. Seuraa toisen osapuolen tilaa.',
  confirmed: (date: string) => `Vahvistettu ${date}`,
  how: 'Miten yhteinen tila syntyy',
  why: {
    single: 'Toimenpidettä tekee yksi osapuoli, ja tila on sen oma.',
    silent: 'Osapuoli, joka ei ole kertonut omaa tilaansa, seuraa toisen osapuolen tilaa.',
    same: 'Osapuolet ovat kertoneet saman tilan.',
    in_progress: 'Toimenpide on käynnissä, koska se on käynnissä ainakin toisella osapuolella.',
    partly_done: 'Toimenpide on käynnissä, koska toinen osapuoli on valmis ja toinen ei.',
    paused: 'Toimenpide on tauolla, koska toinen osapuoli on tauolla eikä kumpikaan tee työtä.',
    not_closed:
      'Toimenpide on tauolla, koska osapuolet ovat päättäneet sen eri tavoin. Päättämisestä pitää sopia.',
    not_started: 'Toimenpide ei ole alkanut, koska kumpikaan osapuoli ei ole aloittanut.',
  },
  rule: [
    'Jos osapuolet kertovat saman tilan, se on yhteinen tila.',
    'Toimenpide on valmis, peruttu, yhdistetty tai korvattu vasta, kun kaikki osapuolet sanovat niin.',
    'Muuten se on käynnissä, jos se on käynnissä jollakin osapuolella tai jos joku on valmis ja joku ei.',
    'Muuten se on tauolla, jos se on tauolla jollakin osapuolella tai jos osapuolet ovat päättäneet sen eri tavoin.',
    'Muuten se ei ole alkanut.',
    'Edistyminen on osapuolten keskiarvo. Yhteinen tila on niin vanha kuin sen osapuolen vahvistus, joka on vahvistanut tilansa viimeksi kauimmin sitten ja jonka työ jatkuu.',
  ],
  differ: 'Osapuolten tilat eroavat',
  otherSays: 'Toinen osapuoli sanoo muuta.',
  youReport: (party: string) => `Kirjaat oman osapuolesi tilanteen: ${party}.`,
  loading: 'Haetaan oman osapuolesi tilannetta…',
};
