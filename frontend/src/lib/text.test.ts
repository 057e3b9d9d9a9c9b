import { expect, it } from 'vitest';
import { breakable, localised, missingLanguages } from './text';

it('gives the asked language, and says when it is another', () => {
  expect(localised({ fi: 'Tavoite', sv: 'Mål' }, 'sv')).toEqual({ value: 'Mål', lang: 'sv' });
  expect(localised({ fi: 'Tavoite', sv: '' }, 'sv')).toEqual({ value: 'Tavoite', lang: 'fi' });
  expect(localised({ sv: 'Mål' }, 'en')).toEqual({ value: 'Mål', lang: 'sv' });
  expect(localised(undefined, 'fi')).toEqual({ value: '', lang: 'fi' });
});

it('names the languages still to be written', () => {
  expect(missingLanguages({ fi: 'Tavoite', sv: '  ', en: null })).toEqual(['sv', 'en']);
});

it('lets a compound break at its seams only', () => {
  expect(breakable('Varhaiskasvatuspäällikkö')).toBe('Varhais\u00adkasvatus\u00adpäällikkö');
  expect(breakable('erikoissairaanhoito')).toBe('erikois\u00adsairaan\u00adhoito');
  expect(breakable('Asiakasohjauksen')).toBe('Asiakas\u00adohjauksen');
  expect(breakable('Johtaja')).toBe('Johtaja');
});
