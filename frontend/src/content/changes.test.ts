import { expect, it } from 'vitest';
import type { AuditEntry } from '../api/audit';
import { fi } from '../i18n/fi';
import { sv } from '../i18n/sv';
import { changeLines } from './changes';

function entry(changes: AuditEntry['changes'], labels: AuditEntry['labels'] = {}): AuditEntry {
  return {
    id: 7,
    at: '2026-11-23T06:05:00Z',
    origin: 'user',
    permission: 'goal.edit',
    subject: { kind: 'goal', id: 'g', no: 3, title: { fi: 'Tavoite' }, path: '/goals/3' },
    version: 2,
    changes,
    labels,
  };
}

it('tells a text language by language, only what changed', () => {
  const title = {
    field: 'title',
    old: { fi: 'Vanha', sv: 'Gammal', en: '' },
    new: { fi: 'Uusi', sv: 'Gammal', en: 'New' },
  };
  expect(changeLines(entry([title]), fi, 'fi')).toEqual([
    { key: 'title fi', field: 'otsikko', old: 'Vanha', new: 'Uusi', secret: false },
    { key: 'title en', field: 'otsikko englanniksi', old: undefined, new: 'New', secret: false },
  ]);
});

it('puts codes, dates and ids into words, and leaves what it does not know', () => {
  const changes = [
    { field: 'status', old: 'not_started', new: 'in_progress' },
    { field: 'dueOn', new: '2026-12-31' },
    { field: 'themeId', old: 'a', new: 'b' },
    { field: 'responsibilities', new: [{ postId: 'p', part: 'lead', wording: { fi: '' } }] },
    { field: 'somethingNew', old: true, new: false },
    { field: 'email', secret: true },
  ];
  const labels = {
    b: { title: { fi: 'Ikääntyneet', sv: 'Äldre' } },
    p: { title: { fi: 'Päällikkö', sv: 'Chef' } },
  };
  const lines = changeLines(entry(changes, labels), sv, 'sv');
  expect(lines.map((line) => [line.field, line.old, line.new, line.secret])).toEqual([
    ['status', 'inte påbörjad', 'pågår', false],
    ['tidsfrist', undefined, '31.12.2026', false],
    ['tema', 'a', 'Äldre', false],
    ['ansvariga', undefined, 'Chef, huvudansvar', false],
    ['somethingNew', 'ja', 'nej', false],
    ['e-post', undefined, undefined, true],
  ]);
});
