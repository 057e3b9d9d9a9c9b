import type { Me } from '../api/me';

/** Somebody without an account. */
export function anonymous(): Me {
  return { signedIn: false, now: '2026-11-23T06:05:00Z', posts: [], permissions: [], issuers: [] };
}
