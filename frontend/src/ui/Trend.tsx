import { useLang } from '../i18n';
import { formatNumber } from '../lib/numbers';
import { useNarrow } from './useNarrow';

/** One line: a value for each label, null where there is none. */
export interface TrendLine {
  party: { shape: 'square' | 'circle' | 'outline'; name: string };
  values: readonly (number | null)[];
}

interface TrendProps {
  /** What the values are of, from the first to the last: days, meetings. */
  labels: readonly string[];
  lines: readonly TrendLine[];
  /** The top of the scale, if it is not that of the values. */
  most?: number;
  /** A value in words; a plain number unless said otherwise. */
  format?: (value: number) => string;
}

const box = { width: 720, height: 180, top: 14, bottom: 30 };
const colours = { square: 'var(--e)', circle: 'var(--l)', outline: 'var(--o)' };

/**
 * The lines of the parties over time, by shape as well as by colour. It repeats the table that
 * stands beside it for the eye and is hidden from screen readers. Zero is always in sight.
 */
export function Trend({ labels, lines, most: top, format }: TrendProps) {
  const lang = useLang();
  const narrow = useNarrow();
  const words = format ?? ((value: number) => formatNumber(value, lang));
  const most = top ?? Math.max(1, ...lines.flatMap(({ values }) => values.map((one) => one ?? 0)));
  const step = tick(most);
  const height = Math.ceil(most / step) * step;
  const marks = Array.from({ length: Math.round(height / step) + 1 }, (_, n) => n * step);
  const ends = lines.map(({ party, values }) => {
    const last = values.findLast((value) => value !== null) ?? 0;
    return { last, text: `${party.name} ${words(last)}` };
  });
  // The drawing shrinks with the page, its letters less: they take more of it on a phone.
  const letter = narrow ? 11.5 : 7.5;
  const long = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
  const left = 12 + letter * long(marks.map(words));
  const right = box.width - 22 - letter * long(ends.map(({ text }) => text));
  const x = (n: number) => left + (n / Math.max(1, labels.length - 1)) * (right - left);
  const y = (value: number) =>
    box.height - box.bottom - (value / height) * (box.height - box.top - box.bottom);
  const names = apart(
    ends.map(({ last }) => y(last)),
    narrow ? 24 : 20,
  );
  const every = Math.ceil(labels.length / (narrow ? 3 : 5));
  return (
    <svg className="trend" viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
      {marks.map((value) => (
        <g key={value}>
          <path
            d={`M${left} ${y(value)}H${right}`}
            stroke={value === 0 ? 'var(--ink)' : 'var(--line)'}
          />
          <text x={left - 8} y={y(value) + 4} textAnchor="end">
            {words(value)}
          </text>
        </g>
      ))}
      {labels.map(
        (label, n) =>
          (n % every === 0 || n === labels.length - 1) && (
            <text key={label} x={x(n)} y={box.height - 8} textAnchor={n === 0 ? 'start' : 'middle'}>
              {label}
            </text>
          ),
      )}
      {lines.map(({ party, values }, line) => (
        <g key={party.name} fill={colours[party.shape]} stroke={colours[party.shape]}>
          <path
            d={values
              .map((value, n) =>
                value === null
                  ? ''
                  : `${(values[n - 1] ?? null) === null ? 'M' : 'L'}${x(n)} ${y(value)}`,
              )
              .join('')}
            fill="none"
            strokeWidth={party.shape === 'outline' ? 1 : 2}
            strokeDasharray={party.shape === 'circle' ? '5 3' : undefined}
          />
          {values.map(
            (value, n) =>
              value !== null && <Point key={labels[n]} shape={party.shape} x={x(n)} y={y(value)} />,
          )}
          <text x={right + 10} y={(names[line] ?? 0) + 4} className="nm">
            {ends[line]?.text}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Point({ shape, x, y }: { shape: TrendLine['party']['shape']; x: number; y: number }) {
  if (shape === 'circle') return <circle cx={x} cy={y} r="4" stroke="none" />;
  return shape === 'square' ? (
    <rect x={x - 3.5} y={y - 3.5} width="7" height="7" stroke="none" />
  ) : (
    <rect x={x - 3} y={y - 3} width="6" height="6" fill="var(--surface)" />
  );
}

/** A round step that makes at most five marks. */
function tick(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].map((part) => part * power).find((part) => most / part <= 5);
  return Math.max(1, step ?? power);
}

/** Heights of names that do not cover each other, as far as there is room. */
function apart(heights: readonly number[], least: number): number[] {
  const order = heights
    .map((_, index) => index)
    .sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const moved = [...heights];
  order.forEach((index, place) => {
    const before = order[place - 1];
    if (before !== undefined)
      moved[index] = Math.max(moved[index] ?? 0, (moved[before] ?? 0) + least);
  });
  let room = box.height - box.bottom;
  for (const index of order.reverse()) {
    moved[index] = Math.min(moved[index] ?? 0, room);
    room = (moved[index] ?? 0) - least;
  }
  return moved;
}
