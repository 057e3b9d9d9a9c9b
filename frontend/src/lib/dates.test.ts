import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateOf,
  daysBetween,
  formatDate,
  formatDateTime,
  formatPrecise,
  formatTime,
  isISODate,
  parseDate,
} from './dates';
import { formatNumber } from './numbers';

describe('formatDate', () => {
  it('writes a calendar date in the manner of each language', () => {
    expect(formatDate('2026-11-23', 'fi')).toBe('23.11.2026');
    expect(formatDate('2026-11-23', 'sv')).toBe('23.11.2026');
    expect(formatDate('2026-11-23', 'en')).toBe('23 November 2026');
    expect(formatDate('2026-03-01', 'fi', { weekday: true })).toBe('su 1.3.2026');
    expect(formatDate('2026-11-23', 'fi', { short: true })).toBe('23.11.');
  });

  it('shows what it cannot read as it came', () => {
    expect(formatDate('2026-02-30', 'fi')).toBe('2026-02-30');
  });
});

it('writes a date only as exactly as it is known', () => {
  expect(formatPrecise('2026-12-31', 'month', 'fi')).toBe('12/2026');
  expect(formatPrecise('2026-12-31', 'quarter', 'sv')).toBe('kvartal 4/2026');
  expect(formatPrecise('2026-12-31', 'year', 'en')).toBe('2026');
});

it('tells instants by the clock in Helsinki, winter and summer', () => {
  expect(formatTime('2026-11-23T06:05:00Z', 'fi')).toBe('8.05');
  expect(formatTime('2026-07-01T06:05:00Z', 'en')).toBe('09:05');
  expect(formatDateTime('2026-11-23T06:05:00Z', 'fi', { weekday: true })).toBe(
    'ma 23.11.2026 klo 8.05',
  );
});

it('puts an instant on the Helsinki day', () => {
  expect(dateOf('2026-11-22T22:30:00Z')).toBe('2026-11-23');
});

describe('parseDate', () => {
  it.each([
    ['1.3.2027', '2027-03-01'],
    ['01.03.2027', '2027-03-01'],
    [' 29.2.2028 ', '2028-02-29'],
    ['2027-03-01', '2027-03-01'],
  ])('reads %s', (input, iso) => {
    expect(parseDate(input)).toBe(iso);
  });

  it.each(['31.2.2027', '29.2.2027', '1.13.2027', '1.3.27', 'maanantai', ''])(
    'refuses %s',
    (input) => {
      expect(parseDate(input)).toBeUndefined();
    },
  );
});

it('counts calendar days over a change of clocks', () => {
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  expect(daysBetween('2026-11-23', '2026-11-13')).toBe(-10);
  expect(addDays('2026-12-30', 3)).toBe('2027-01-02');
});

it('knows a date from other text', () => {
  expect(isISODate('2026-11-23')).toBe(true);
  expect(isISODate('2026-11-31')).toBe(false);
  expect(isISODate(20261123)).toBe(false);
});

it('writes numbers with a decimal comma in Finnish', () => {
  expect(formatNumber(1234.5, 'fi')).toBe('1\u00a0234,5');
  expect(formatNumber(1234.5, 'en')).toBe('1,234.5');
});
