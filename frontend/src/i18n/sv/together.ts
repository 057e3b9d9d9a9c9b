import type { Texts } from '../fi';

export const together: Texts['together'] = {
  title: 'Parternas status',
  joint: 'Tillsammans',
  silent: 'Ingen egen lägesuppgift. Följer den andra partens status.',
  confirmed: (date) => `Bekräftad ${date}`,
  how: 'Så bildas den gemensamma statusen',
  why: {
    single: 'En part genomför åtgärden, och statusen är partens egen.',
    silent: 'En part som inte har uppgett någon egen status följer den andra partens status.',
    same: 'Parterna har uppgett samma status.',
    in_progress: 'Åtgärden pågår, eftersom den pågår hos åtminstone den ena parten.',
    partly_done: 'Åtgärden pågår, eftersom den ena parten är färdig och den andra inte.',
    paused:
      'Åtgärden är pausad, eftersom den ena parten har pausat och ingendera parten arbetar med den.',
    not_closed:
      'Åtgärden är pausad, eftersom parterna har avslutat den på olika sätt. Avslutandet måste avtalas.',
    not_started: 'Åtgärden är inte påbörjad, eftersom ingendera parten har börjat.',
  },
  rule: [
    'Om parterna uppger samma status är den gemensam.',
    'Åtgärden är färdig, inställd, sammanslagen eller ersatt först när alla parter säger det.',
    'Annars pågår den, om den pågår hos någon part eller om någon är färdig och någon inte.',
    'Annars är den pausad, om någon part har pausat den eller om parterna har avslutat den på olika sätt.',
    'Annars är den inte påbörjad.',
    'Framskridandet är parternas medelvärde. Den gemensamma statusen är lika gammal som bekräftelsen från den part vars arbete fortsätter och som senast bekräftade sin status för längst sedan.',
  ],
  differ: 'Parternas status skiljer sig',
  otherSays: 'Den andra parten säger något annat.',
  youReport: (party) => `Du anger läget för din egen part: ${party}.`,
  loading: 'Läget för din part hämtas…',
};
