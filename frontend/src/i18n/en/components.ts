import type { Texts } from '../fi';

export const components: Texts['components'] = {
  title: 'Visual language',
  lead: 'Two parties meet at one boundary. The shape says who, the sign says in what condition, a break says what is missing. Colour only confirms.',
};
