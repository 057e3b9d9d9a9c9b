import type { LinkProps } from '@tanstack/react-router';
import type { Texts } from '../i18n';

export interface NavigationEntry {
  to: NonNullable<LinkProps['to']>;
  label: (texts: Texts) => string;
  /** Beginning of further addresses, below the language, that lie under this entry. */
  also?: readonly string[];
  /** Shown to people with a post or a role only, at the end of the row. */
  own?: boolean;
  /** Shown to those who may do this somewhere. */
  permission?: string;
}

/**
 * The main menu, in the order in which it is read. A page is entered here together with its
 * route: an address without a page does not compile.
 */
export const navigation: readonly NavigationEntry[] = [
  { to: '/$lang', also: ['/changes'], label: (t) => t.overview.title },
  { to: '/$lang/goals', also: ['/plan', '/rounds'], label: (t) => t.goals.title },
  { to: '/$lang/actions', also: ['/freshness', '/views'], label: (t) => t.actions.title },
  { to: '/$lang/responsibilities', label: (t) => t.pages.matrix },
  { to: '/$lang/chains', also: ['/gaps', '/handovers'], label: (t) => t.pages.chains },
  {
    to: '/$lang/forums',
    also: ['/meetings/', '/open-loops', '/cases/'],
    label: (t) => t.pages.forums,
  },
  { to: '/$lang/organisation', also: ['/radar'], label: (t) => t.pages.organisation },
  { to: '/$lang/transparency/log', label: (t) => t.pages.log },
  { to: '/$lang/my-work', label: (t) => t.pages.myWork, own: true },
  {
    to: '/$lang/admin/access',
    also: ['/admin/'],
    label: (t) => t.pages.access,
    own: true,
    permission: 'grant.read',
  },
];
