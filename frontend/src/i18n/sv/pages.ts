import type { FirstTexts } from '../fi.first';

export const pages: FirstTexts['pages'] = {
  matrix: 'Ansvar',
  chains: 'Servicekedjor',
  forums: 'Forum',
  organisation: 'Organisation',
  log: 'Öppenhet',
  myWork: 'Mitt arbete',
  access: 'Behörigheter',
  profile: 'Mina uppgifter',
  radar: 'Ansvarsluckor',
};
