import type { Texts } from '../fi';

export const calendars: Texts['calendars'] = {
  subscribe: 'Add to your calendar',
  forumHelp:
    'The public meetings of the forum in Outlook, Thunderbird or Google Calendar. Changes follow by themselves.',
  address: 'Address of the calendar',
  open: 'Open in a calendar program',
  copy: 'Copy',
  copied: 'The address has been copied.',
  mine: 'My calendar',
  mineHelp:
    'From the private address your calendar program reads the meetings of the forums where your post is a member, and those where it is named as a substitute. Whoever knows the address sees them, so do not give it to others. The address stops working when you renew or remove it, and when you no longer have a post or a role.',
  mineAddress: 'Address of your calendar',
  shownOnce: 'Copy the address now. It is not shown again.',
  madeAt: (time) => `You have an address made on ${time}.`,
  make: 'Make an address',
  renew: 'Renew the address',
  end: 'Remove the address',
  made: 'The address has been made. The one before no longer works.',
  ended: 'The address no longer works.',
};
