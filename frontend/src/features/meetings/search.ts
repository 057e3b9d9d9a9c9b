/** The item in hand, as it stands in the address. */
export interface MeetingSearch {
  item?: string;
}

export function readMeetingSearch(search: Record<string, unknown>): MeetingSearch {
  return typeof search.item === 'string' ? { item: search.item } : {};
}
