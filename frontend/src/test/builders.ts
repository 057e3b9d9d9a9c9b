import type { Me } from '../api/me';
import type { Party } from '../api/parties';

/** Somebody without an account. */
export function anonymous(me: Partial<Me> = {}): Me {
  return {
    signedIn: false,
    now: '2026-11-23T06:05:00Z',
    posts: [],
    hasRole: false,
    permissions: [],
    issuers: [],
    ...me,
  };
}

/** The two principal parties, Espoo first. */
export function parties(): Party[] {
  const name = (fi: string, sv: string) => ({ fi, sv, en: fi });
  return [
    {
      id: 'p-espoo',
      key: 'espoo',
      kind: 'municipality',
      letter: 'E',
      name: name('Espoon kaupunki', 'Esbo stad'),
      shortName: name('Espoo', 'Esbo'),
      principal: true,
      permissions: [],
      version: 1,
    },
    {
      id: 'p-luvn',
      key: 'luvn',
      kind: 'wellbeing_services_county',
      letter: 'L',
      name: name('Länsi-Uudenmaan hyvinvointialue', 'Västra Nylands välfärdsområde'),
      shortName: name('LUVN', 'LUVN'),
      principal: true,
      permissions: [],
      version: 1,
    },
  ];
}

/** An identity provider for each principal party. */
export function providers(): Me['issuers'] {
  return parties().map(({ key, name }) => ({
    key,
    partyKey: key,
    title: name,
    signInUrl: `/auth/${key}/login`,
  }));
}
