import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { server } from '../test/server';
import { api } from './client';

let keys: (string | null)[] = [];

/** Answers comments one after the other as told; each key that comes is noted. */
function answering(...answers: (() => Response)[]) {
  keys = [];
  server.use(
    http.post('*/api/v1/drafts/d-1/comments', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      const answer = answers[Math.min(keys.length, answers.length) - 1];
      return answer ? answer() : HttpResponse.error();
    }),
  );
}

const say = (fi: string) =>
  api
    .POST('/drafts/{id}/comments', {
      params: { path: { id: 'd-1' }, header: { 'If-Match': '"1"' } },
      body: { text: { fi } },
    } as never)
    .catch(() => undefined);
const lost = () => HttpResponse.error();
const made = () => HttpResponse.json({}, { status: 201 });
const broken = () => HttpResponse.json({}, { status: 502 });
const running = () => HttpResponse.json({ code: 'idempotency_running' }, { status: 409 });
const refused = () => HttpResponse.json({ code: 'validation_failed' }, { status: 422 });

beforeEach(() => answering(made));

it('sends the same again under the same key until an answer has come', async () => {
  answering(lost, broken, running, made, made);
  for (let turn = 0; turn < 5; turn += 1) await say('Milloin?');
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(keys.slice(0, 4)).size).toBe(1);
  expect(keys[4]).not.toBe(keys[0]);
});

it('sends a file again under the same key, and another of the same length under its own', async () => {
  const sent: (string | null)[] = [];
  server.use(
    http.post('*/api/v1/agenda-items/i-1/attachments', ({ request }) => {
      sent.push(request.headers.get('Idempotency-Key'));
      return lost();
    }),
  );
  const attach = (text: string) =>
    api
      .POST('/agenda-items/{id}/attachments', {
        params: { path: { id: 'i-1' }, query: { name: 'a.txt', visibility: 'public' } },
        body: text,
        bodySerializer: (body: unknown) => body as string,
        headers: { 'Content-Type': 'application/octet-stream' },
      })
      .catch(() => undefined);
  for (const text of ['yksi', 'yksi', 'kaks']) await attach(text);
  expect(sent[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(sent[1]).toBe(sent[0]);
  expect(sent[2]).not.toBe(sent[0]);
});

it('sends another text, and what was refused, under another key', async () => {
  answering(lost, made, refused, made);
  await say('Milloin');
  await say('Milloin?');
  await say('Missä?');
  await say('Missä?');
  expect(new Set(keys).size).toBe(4);
});
