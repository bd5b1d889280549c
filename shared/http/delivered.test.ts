import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ApiEvent } from './api-event.ts';
import { delivered } from './delivered.ts';

const NOW = Date.UTC(2026, 4, 1);
const answer = (body: string, statusCode = 200) => ({ statusCode, headers: { a: 'b' }, body });
const asked = (headers: Record<string, string> = {}, routeKey = 'GET /me') =>
  ({ routeKey, headers, requestContext: {} }) as ApiEvent;
const LONG = '回'.repeat(400);

test('every answer says what time it is here', () => {
  expect(delivered(answer('{}', 403), asked(), NOW).headers).toEqual({
    a: 'b',
    vary: 'accept-encoding',
    'huiyin-now': '2026-05-01T00:00:00.000Z',
  });
});

test.each([
  ['gzip, deflate, br', true],
  ['br;q=1.0, GZIP;q=0.8', true],
  ['*', true],
  ['gzip;q=0', false],
  ['br', false],
  ['', false],
])('more than 1 KB is compressed for who takes it: %s', (encodings, isCompressed) => {
  const sent = delivered(answer(LONG), asked({ 'accept-encoding': encodings }), NOW);
  expect(sent.headers.vary).toBe('accept-encoding');
  expect(sent.headers['content-encoding']).toBe(isCompressed ? 'gzip' : undefined);
  const text = isCompressed ? gunzipSync(Buffer.from(sent.body, 'base64')).toString() : sent.body;
  expect(text).toBe(LONG);
  expect(delivered(answer('{}'), asked({ 'accept-encoding': encodings }), NOW).body).toBe('{}');
});

test('what is a file already stays as it is', () => {
  const file = { ...answer('A'.repeat(2000)), isBase64Encoded: true } as const;
  expect(delivered(file, asked({ 'accept-encoding': 'gzip' }), NOW)).toMatchObject(file);
});

test('what is read again and is the same isn’t sent again', () => {
  const { etag = '' } = delivered(answer(LONG), asked(), NOW).headers;
  for (const known of [etag, `"x", W/${etag}`])
    expect(delivered(answer(LONG), asked({ 'if-none-match': known }), NOW)).toMatchObject({
      statusCode: 304,
      headers: { vary: 'accept-encoding' },
      body: '',
    });
  expect(delivered(answer('{"n":2}'), asked({ 'if-none-match': etag }), NOW).statusCode).toBe(200);
  expect(delivered(answer('{}'), asked({}, 'POST /x'), NOW).headers).not.toHaveProperty('etag');
});
