import { expect, it } from 'vitest';
import { placeBeside, shiftOf } from './ordering';

const row = (id: string, parentId?: string, kind: 'item' | 'heading' = 'item') => ({
  id,
  kind,
  ...(parentId && { parentId }),
});
const items = [row('h', undefined, 'heading'), row('a'), row('a1', 'a'), row('a2', 'a'), row('b')];

it('puts an item beside another on its level, an item with sub-items beside the whole', () => {
  expect(placeBeside(items, 'b', 'h', 'before')).toEqual({});
  expect(placeBeside(items, 'b', 'a', 'before')).toEqual({ after: 'h' });
  expect(placeBeside(items, 'b', 'a1', 'after')).toEqual({ after: 'a1', parentId: 'a' });
  expect(placeBeside(items, 'b', 'a1', 'before')).toEqual({ parentId: 'a' });
  expect(placeBeside(items, 'h', 'a2', 'after')).toEqual({ after: 'a' });
  expect(placeBeside(items, 'a', 'a1', 'after')).toBeUndefined();
  expect(placeBeside(items, 'a1', 'b', 'after')).toEqual({ after: 'b' });
});

it('shifts by one step on the level, into the item before and out again', () => {
  expect(shiftOf(items, 'h', 'up')).toBeUndefined();
  expect(shiftOf(items, 'a', 'up')).toEqual({});
  expect(shiftOf(items, 'a2', 'up')).toEqual({ parentId: 'a' });
  expect(shiftOf(items, 'a', 'down')).toEqual({ after: 'b' });
  expect(shiftOf(items, 'b', 'in')).toEqual({ parentId: 'a', after: 'a2' });
  expect(shiftOf(items, 'a', 'in')).toBeUndefined();
  expect(shiftOf(items, 'a1', 'out')).toEqual({ after: 'a' });
});
