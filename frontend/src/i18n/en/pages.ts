import type { FirstTexts } from '../fi.first';

export const pages: FirstTexts['pages'] = {
  matrix: 'Who owns what',
  chains: 'Service chains',
  forums: 'Forums',
  organisation: 'Organisation',
  log: 'Transparency',
  myWork: 'My work',
  access: 'Access rights',
  profile: 'My details',
  radar: 'Gaps in responsibility',
};
