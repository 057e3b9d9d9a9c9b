import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const forumLoops: Texts['forumLoops'] = {
  title: 'Forumens öppna ärenden',
  lead: (count) =>
    count === 0
      ? 'Varje beslut har en fortsättning, varje hänskjutet ärende har besvarats och varje bordlagt ärende har tagits upp.'
      : `${count === 1 ? 'Ett ärende väntar' : `${num(count)} ärenden väntar`} på fortsättning: ett beslut utan fortsättning, ett hänskjutet ärende utan svar eller ett bordlagt ärende som inte har tagits upp.`,
  count: (count) => (count === 1 ? '1 öppet ärende' : `${num(count)} öppna ärenden`),
  loading: 'Hämtar öppna ärenden…',
  none: 'Det finns inga öppna ärenden.',
  what: 'Ärende',
  kind: 'Vad som saknas',
  kinds: {
    without_ending: 'Utan fortsättning',
    deferred: 'Bordlagt, inte behandlat',
    referral: 'Hänskjutet, inget svar',
  },
  forum: 'Forum',
  age: 'Ålder',
  olderThan: (days) => `minst ${days} d`,
  all: 'Alla öppna ärenden',
  overview: (count) =>
    count === 1 ? '1 öppet ärende i forumen' : `${num(count)} öppna ärenden i forumen`,
  columns: {
    attendance: 'Närvaro',
    decisions: (year) => `Beslut ${year ?? ''}`,
    open: 'Öppna',
    mandate: 'Uppdrag och befogenheter',
  },
  cancelled: (count) => (count === 1 ? '1 inställt' : `${num(count)} inställda`),
  accepted: 'Godkänt',
  notAccepted: 'Inte godkänt',
  acceptMandate: 'Godkänn uppdraget och befogenheterna',
  mandateAccepted: 'Uppdraget och befogenheterna godkändes.',
  notSaved: 'Godkännandet sparades inte',
};
