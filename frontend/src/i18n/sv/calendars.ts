import type { Texts } from '../fi';

export const calendars: Texts['calendars'] = {
  subscribe: 'Prenumerera i kalendern',
  forumHelp:
    'Forumets offentliga möten i Outlook, Thunderbird eller Google Kalender. Ändringar uppdateras automatiskt.',
  address: 'Kalenderns adress',
  open: 'Öppna i kalenderprogrammet',
  copy: 'Kopiera',
  copied: 'Adressen är kopierad.',
  mine: 'Egen kalender',
  mineHelp:
    'Från den privata adressen läser ditt kalenderprogram mötena i de forum där din befattning är medlem och de möten där din befattning är utsedd till ersättare. Alla som känner till adressen ser dem, så ge den inte till andra. Adressen slutar fungera när du förnyar eller tar bort den, och när du inte längre har någon befattning eller roll.',
  mineAddress: 'Adressen till din kalender',
  shownOnce: 'Kopiera adressen nu. Den visas inte igen.',
  madeAt: (time) => `Du har en adress som skapades ${time}.`,
  make: 'Skapa adress',
  renew: 'Förnya adressen',
  end: 'Ta adressen ur bruk',
  made: 'Adressen har skapats. Den tidigare fungerar inte längre.',
  ended: 'Adressen fungerar inte längre.',
};
