import type { Texts } from '../fi';

export const components: Texts['components'] = {
  title: 'Formspråk',
  lead: 'Två parter möts vid en gräns. Formen berättar vem, märket i vilket skick, avbrottet vad som saknas. Färgen bara bekräftar.',
};
