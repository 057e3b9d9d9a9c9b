/** What the address of the sign-in page says. */
export interface SignInSearch {
  /** Code of why the last sign-in failed. */
  error?: string;
  /** The page of this site to go on to. */
  returnTo?: string;
  /** Signing in for the sake of another tab, whose session has ended. */
  again?: true;
  /** Signing in as another person than the one who is signed in now. */
  other?: true;
}

/** Reads the address of the sign-in page. What leads away from this site is left out. */
export function readSignInSearch(search: Record<string, unknown>): SignInSearch {
  const { error, returnTo, again, other } = search;
  return {
    error: typeof error === 'string' ? error : undefined,
    returnTo: typeof returnTo === 'string' && isLocalPath(returnTo) ? returnTo : undefined,
    again: again === true ? true : undefined,
    other: other === true ? true : undefined,
  };
}

/** Whether a browser sent there surely stays on this site. The server checks it again. */
function isLocalPath(path: string): boolean {
  if (!path.startsWith('/') || path.startsWith('//') || path.includes('\\')) return false;
  try {
    return new URL(path, window.location.origin).origin === window.location.origin;
  } catch {
    return false;
  }
}
