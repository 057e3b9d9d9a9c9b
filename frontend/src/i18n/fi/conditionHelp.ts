export const conditionHelp = {
  title: 'Miten kunto lasketaan',
  lead: 'Toimenpiteellä on yksi kunto. Se lasketaan joka päivä tilasta ja päivämääristä, eikä kukaan voi kirjata sitä käsin.',
  order: 'Kunnot',
  orderText: 'Ensimmäinen ehto, joka täyttyy tässä järjestyksessä, ratkaisee.',
  condition: 'Kunto',
  when: 'Milloin',
  rules: {
    cancelled: 'Tilaksi on kirjattu peruttu, yhdistetty toiseen tai korvattu toisella.',
    done: 'Tilaksi on kirjattu valmis, ja tulos on kerrottu.',
    paused: 'Tilaksi on kirjattu tauolla, ja syy on kerrottu.',
    late: 'Määräajan viimeinen päivä on ohi: toimenpiteen oman tai jonkin sen avoimen osatehtävän tai virstanpylvään. Jos määräaikana on kuukausi, vuosineljännes tai vuosi, viimeinen päivä on sen lopussa.',
    stale: 'Tilannetta ei ole vahvistettu toimenpiteen rajan sisällä, tavallisesti 60 päivässä.',
    due_soon:
      'Toimenpiteen omaan määräaikaan tai jonkin sen avoimen osatehtävän tai virstanpylvään määräaikaan on enintään 30 päivää.',
    not_started: 'Työ ei ole alkanut.',
    on_time: 'Työ on käynnissä, eikä mikään edellisistä päde.',
  },
  freshness: 'Tuoreus',
  freshnessText:
    'Joka kerta, kun joku kirjaa tilanteen tai painaa Pitää yhä paikkansa, tieto vahvistuu siksi päiväksi. Kuinka usein, sen sanoo suunnitelma: tavallisesti tavoite on vahvistaa 30 päivän välein, ja yli 60 päivää vanha tieto merkitään vanhentuneeksi. Jos toimenpide kuuluu usean suunnitelman tavoitteisiin, tiukin ratkaisee; suunnitelma, jonka toinen niistä on korvannut, ei enää vaikuta. Toimenpiteellä voi olla myös oma rytmi. Tuoreus on tosiasia, ei moite.',
  unowned: 'Ilman vastuutahoa',
  unownedText:
    'Kunnon lisäksi näytetään, jos päävastuuta ei ole kenelläkään tai päävastuussa olevaa tehtävää ei kukaan hoida.',
  atRisk: 'Vaarassa',
  atRiskText:
    'Kunnon lisäksi näytetään, jos toimenpide odottaa toista, joka on myöhässä: suoraan tai muiden kautta. Päättynyt toimenpide ei vie riskiä eteenpäin.',
  reported: 'Tila ja kunto',
  reportedText:
    'Tilan kirjaa ihminen, kunnon laskee palvelu. Kun kirjattu tila poikkeaa siitä, mitä päivämäärät kertovat, tarvitaan perustelu: tauko, peruminen, yhdistäminen ja korvaaminen aina; ei alkanut, kun alkamispäivä on ohi tai työ on jo edennyt; käynnissä tai valmis ennen alkamispäivää; ja päättyneen avaaminen uudelleen.',
  past: 'Kun katsot mennyttä päivää, kunto lasketaan sen päivän tiedoista.',
};
