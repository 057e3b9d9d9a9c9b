import type { CSSProperties } from 'react';
import { useTexts } from '../i18n';

interface FreshnessProps {
  /** Days since somebody last confirmed it; undefined when nobody has. */
  days: number | undefined;
  /** Days after which it should be confirmed again. */
  target?: number;
  /** Days after which it counts as out of date. */
  limit?: number;
  /** Only the number of days, for tables whose heading says the rest. */
  short?: boolean;
}

/** The track is 48 px long, with the target in its middle and the limit at its end. */
const track = 48;

/** When a thing was last confirmed, against its target and its limit. A fact, not a reproach. */
export function Freshness({ days, target = 30, limit = 60, short }: FreshnessProps) {
  const t = useTexts().ui.freshness;
  if (days === undefined) return <span className="fresh">{t.never}</span>;
  const place = Math.min((days / limit) * track, track - 5);
  const level = days <= target ? '' : days <= limit ? ' fresh-due' : ' fresh-old';
  return (
    <span className={`fresh${level}`} title={t.limits(target, limit)}>
      <i style={{ '--d': `${Math.round(place)}px` } as CSSProperties} aria-hidden="true" />
      {short ? t.days(days) : t.confirmed(days)}
    </span>
  );
}
