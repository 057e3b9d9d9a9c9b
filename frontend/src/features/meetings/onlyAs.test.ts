import { expect, it, vi } from 'vitest';
import { Problem } from '../../lib/problem';
import { onlyAs } from './writing';

const refused = () =>
  Promise.reject(new Problem({ status: 401, code: 'sign_in_required', title: 'x' }));

it('sends what a person typed while the session is theirs, without asking whose it is', async () => {
  const ask = vi.fn();
  const asA = onlyAs('a', () => 'a', ask);
  await expect(asA(() => Promise.resolve('sent'))).resolves.toBe('sent');
  expect(ask).not.toHaveBeenCalled();
});

it('never sends in the name of who signs in next, and goes on when the writer is back', async () => {
  let session = 'nobody';
  const asA = onlyAs(
    'a',
    () => 'a', // the page has not noticed yet
    () => Promise.resolve(session),
  );
  const send = vi.fn(() => Promise.resolve('sent'));
  await expect(asA(refused)).rejects.toThrow(Problem);
  await expect(asA(send)).rejects.toMatchObject({ status: 401 });
  session = 'b';
  await expect(asA(send)).rejects.toMatchObject({ status: 401 });
  await expect(asA(send)).rejects.toMatchObject({ status: 401 });
  expect(send).not.toHaveBeenCalled();
  session = 'a';
  await expect(asA(send)).resolves.toBe('sent');
});

it('asks whose session it is where the page knows that another person is looking', async () => {
  const send = vi.fn(() => Promise.resolve('sent'));
  const asA = onlyAs(
    'a',
    () => 'b',
    () => Promise.resolve('b'),
  );
  await expect(asA(send)).rejects.toMatchObject({ status: 401 });
  expect(send).not.toHaveBeenCalled();
});
