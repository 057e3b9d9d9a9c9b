import type { ReactNode } from 'react';

const icons = {
  lock: (
    <>
      <path d="M4.5 7V5a3.5 3.5 0 017 0v2" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <rect x="3" y="7" width="10" height="7.5" rx="1" fill="currentColor" />
    </>
  ),
  eye: (
    <>
      <path
        d="M1 8c2-3.3 4.3-5 7-5s5 1.7 7 5c-2 3.3-4.3 5-7 5s-5-1.7-7-5z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
      />
      <circle cx="8" cy="8" r="2.2" fill="currentColor" />
    </>
  ),
  close: line('M3 3l10 10M13 3L3 13'),
  arrow: line('M2 8h11M8.5 3.5L13 8l-4.5 4.5'),
  right: line('M6 3l5 5-5 5'),
  down: line('M3 6l5 5 5-5'),
  up: line('M3 10l5-5 5 5'),
  check: line('M3 8.5l3.5 3.5L13 4.5', 2),
  search: (
    <>
      <circle cx="6.8" cy="6.8" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M10.3 10.3L14.5 14.5" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 4.2V8l2.6 1.8" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  pen: line('M2.5 13.5l1-3.6L11 2.4l2.6 2.6-7.5 7.5-3.6 1zM9.4 4l2.6 2.6', 1.4),
  menu: line('M1.5 4h13M1.5 8h13M1.5 12h13'),
  error: (
    <>
      <path d="M8 .6L15.4 8 8 15.4.6 8z" fill="var(--late)" />
      <path d="M8 4v5" stroke="#fff" strokeWidth="1.75" />
      <circle cx="8" cy="11.3" r="1.05" fill="#fff" />
    </>
  ),
};

export type IconName = keyof typeof icons;

function line(d: string, width = 1.6): ReactNode {
  return <path d={d} fill="none" stroke="currentColor" strokeWidth={width} />;
}

/** A small sign beside its word. It never stands alone: the word carries the meaning. */
export function Icon({ name, size = 16 }: { name: IconName; size?: 12 | 14 | 16 }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {icons[name]}
    </svg>
  );
}
