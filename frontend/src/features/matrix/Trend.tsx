import type { PartyAppearance } from '../../api/parties';
import { useLang } from '../../i18n';
import { formatDate, type ISODate } from '../../lib/dates';
import { formatNumber } from '../../lib/numbers';

interface TrendProps {
  days: readonly ISODate[];
  /** One line for each party; a value for each day. */
  lines: readonly { party: PartyAppearance; values: readonly number[] }[];
}

const box = { width: 720, height: 180, left: 40, right: 96, top: 14, bottom: 30 };
const colours = { square: 'var(--e)', circle: 'var(--l)', outline: 'var(--o)' };

/**
 * The lines of the parties over the days, by shape as well as by colour. It repeats its table for
 * the eye and is hidden from screen readers. Zero is always in sight.
 */
export function Trend({ days, lines }: TrendProps) {
  const lang = useLang();
  const most = Math.max(1, ...lines.flatMap(({ values }) => values));
  const step = tick(most);
  const top = Math.ceil(most / step) * step;
  const x = (n: number) =>
    box.left + (n / Math.max(1, days.length - 1)) * (box.width - box.left - box.right);
  const y = (value: number) =>
    box.height - box.bottom - (value / top) * (box.height - box.top - box.bottom);
  const marks = Array.from({ length: Math.round(top / step) + 1 }, (_, n) => n * step);
  const names = apart(lines.map(({ values }) => y(values.at(-1) ?? 0)));
  return (
    <svg className="mx-trend" viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
      {marks.map((value) => (
        <g key={value}>
          <path
            d={`M${box.left} ${y(value)}H${box.width - box.right}`}
            stroke={value === 0 ? 'var(--ink)' : 'var(--line)'}
          />
          <text x={box.left - 8} y={y(value) + 4} textAnchor="end">
            {formatNumber(value, lang)}
          </text>
        </g>
      ))}
      {days.map(
        (day, n) =>
          (n % 3 === 0 || n === days.length - 1) && (
            <text key={day} x={x(n)} y={box.height - 8} textAnchor={n === 0 ? 'start' : 'middle'}>
              {formatDate(day, lang)}
            </text>
          ),
      )}
      {lines.map(({ party, values }, line) => (
        <g key={party.name} fill={colours[party.shape]}>
          <polyline
            points={values.map((value, n) => `${x(n)},${y(value)}`).join(' ')}
            fill="none"
            stroke={colours[party.shape]}
            strokeWidth="2"
            strokeDasharray={party.shape === 'circle' ? '5 3' : undefined}
          />
          {values.map((value, n) =>
            party.shape === 'circle' ? (
              <circle key={days[n]} cx={x(n)} cy={y(value)} r="4" />
            ) : (
              <rect key={days[n]} x={x(n) - 3.5} y={y(value) - 3.5} width="7" height="7" />
            ),
          )}
          <text x={box.width - box.right + 10} y={(names[line] ?? 0) + 4} className="nm">
            {party.name} {formatNumber(values.at(-1) ?? 0, lang)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** A round step that makes at most five marks. */
function tick(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].map((part) => part * power).find((part) => most / part <= 5);
  return Math.max(1, step ?? power);
}

/** Heights of names that do not cover each other. */
function apart(heights: number[]): number[] {
  const least = 20;
  const order = heights
    .map((_, index) => index)
    .sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const moved = [...heights];
  order.forEach((index, place) => {
    const before = order[place - 1];
    if (before === undefined) return;
    moved[index] = Math.max(moved[index] ?? 0, (moved[before] ?? 0) + least);
  });
  return moved;
}
