import { describe, expect, it } from 'vitest';
import { visitBefore } from './visit';

describe('the visit before', () => {
  it('is the last day before today, the whole day long', () => {
    expect(visitBefore('2026-11-12')).toBeUndefined();
    expect(visitBefore('2026-11-12')).toBeUndefined();
    expect(visitBefore('2026-11-23')).toBe('2026-11-12');
    expect(visitBefore('2026-11-23')).toBe('2026-11-12');
    expect(visitBefore('2026-11-24')).toBe('2026-11-23');
  });

  it('is none where the clock went back or what is kept is no visit', () => {
    visitBefore('2026-11-23');
    expect(visitBefore('2026-11-20')).toBeUndefined();
    localStorage.setItem('yhdyspinta.visits', '{"last":"soon"}');
    expect(visitBefore('2026-11-23')).toBeUndefined();
    localStorage.setItem('yhdyspinta.visits', 'x');
    expect(visitBefore('2026-11-23')).toBeUndefined();
  });
});
