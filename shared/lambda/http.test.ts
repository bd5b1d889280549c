import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { ApiAnswer, ApiEvent } from '../http/api-event.ts';
import { routesFor } from '../http/route.ts';
import { bytes, words } from '../http/schemas.ts';
import type { IdempotencyKey } from '../journal/execute.ts';
import { http } from './http.ts';

const PDF = Uint8Array.from({ length: 256 }, (_, byte) => byte);

interface Deps {
  access: { person: () => Promise<undefined> };
  clock: () => number;
  taken: { body: unknown; idempotencyKey: IdempotencyKey }[];
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

const route = routesFor<Deps>();
const common = { who: 'everybody', params: z.object({ link: z.string() }) } as const;
const question = z.object({ words, about: z.array(z.string()).optional(), phone: z.string().optional() });
const take = (input: { body: unknown; idempotencyKey: IdempotencyKey }, { taken }: Deps) => {
  taken.push({ body: input.body, idempotencyKey: input.idempotencyKey });
  return { taken: taken.length };
};
const routes = [
  route({
    ...common,
    method: 'GET',
    path: '/letters/{link}',
    summary: 'A letter',
    answer: bytes,
    contentType: 'application/pdf',
    headers: { 'content-disposition': 'inline; filename="letter.pdf"' },
    handle: async () => PDF.subarray(1),
  }),
  route({
    ...common,
    method: 'GET',
    path: '/letters/{link}/list',
    summary: 'A list',
    answer: z.string(),
    contentType: 'text/csv; charset=utf-8',
    handle: async () => '房号\r\n',
  }),
  route({
    ...common,
    method: 'POST',
    path: '/letters/{link}/question',
    summary: 'A question',
    body: question,
    form: true,
    answer: z.object({ taken: z.number() }),
    handle: async (input, deps) => take(input, deps),
  }),
  route({
    ...common,
    method: 'POST',
    path: '/letters/{link}/plain',
    summary: 'JSON only',
    body: question,
    answer: z.object({ taken: z.number() }),
    handle: async (input, deps) => take(input, deps),
  }),
];

const ask = async (routeKey: string, more: Partial<ApiEvent> = {}) => {
  const taken: Deps['taken'] = [];
  const handle = http(routes, { access: { person: async () => undefined }, clock: () => 0, taken });
  const answer = await handle({
    routeKey,
    pathParameters: { link: 'l1' },
    requestContext: {},
    ...more,
    headers: { 'accept-language': 'en', ...more.headers },
  });
  return { answer, taken };
};
const QUESTION = 'POST /letters/{link}/question';
const json = (body: unknown, key?: string): Partial<ApiEvent> => ({
  headers: { 'content-type': 'application/json', 'idempotency-key': key },
  body: JSON.stringify(body),
});
/** As API Gateway hands on what a page posts. */
const form = (fields: [string, string][], headers: Record<string, string> = {}): Partial<ApiEvent> => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: Buffer.from(new URLSearchParams(fields).toString()).toString('base64'),
  isBase64Encoded: true,
});
const errors = ({ statusCode, body }: ApiAnswer) => [statusCode, JSON.parse(body).errors];

test('a file is answered in base64 under its own type, text as text', async () => {
  const { answer: file } = await ask('GET /letters/{link}');
  expect(file).toMatchObject({
    statusCode: 200,
    isBase64Encoded: true,
    headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="letter.pdf"' },
  });
  expect(new Uint8Array(Buffer.from(file.body, 'base64'))).toEqual(PDF.slice(1));
  const { answer: list } = await ask('GET /letters/{link}/list');
  expect(list.body).toBe('房号\r\n');
  expect(list).not.toHaveProperty('isBase64Encoded');
});

test("a page's form says what JSON says, its key in a hidden field", async () => {
  const fields: [string, string][] = [
    ['key', 'k1'],
    ['words', '电梯 坏了 & more'],
    ['phone', ''],
    ['about', 'a'],
    ['about', 'b'],
  ];
  const posted = await ask(QUESTION, form(fields));
  const body = { words: '电梯 坏了 & more', about: ['a', 'b'] };
  const sent = await ask(QUESTION, json(body, 'k1'));
  expect(posted.answer.statusCode).toBe(200);
  expect(posted.taken[0]!.body).toEqual(body);
  expect(posted.taken).toEqual(sent.taken);
  expect(posted.taken[0]!.idempotencyKey.scope).toBe(`everybody#${QUESTION}#${sha256('k1')}`);
});

test('of a command only what nobody can guess from is kept for good: neither its key nor a plain digest of what was said', async () => {
  const said = { words: '138 0013 8000' };
  const [one, two] = [await ask(QUESTION, json(said, 'k1')), await ask(QUESTION, json(said, 'k2'))];
  const [first, second] = [one.taken[0]!.idempotencyKey, two.taken[0]!.idempotencyKey];
  expect(first.body).not.toBe(second.body);
  expect(first.scope).not.toContain('k1');
  const again = await ask(QUESTION, json(said, 'k1'));
  expect(again.taken[0]!.idempotencyKey).toEqual(first);
  const other = await ask(QUESTION, json({ words: '138 0013 8001' }, 'k1'));
  expect(other.taken[0]!.idempotencyKey.scope).toBe(first.scope);
  expect(other.taken[0]!.idempotencyKey.body).not.toBe(first.body);
});

test('the key makes the difference, not the content; a header outweighs the field', async () => {
  const fields = (key: string): [string, string][] => [
    ['key', key],
    ['words', 'w'],
  ];
  const [one, two] = [await ask(QUESTION, form(fields('k1'))), await ask(QUESTION, form(fields('k2')))];
  expect(one.taken[0]!.idempotencyKey.scope).not.toBe(two.taken[0]!.idempotencyKey.scope);
  const both = await ask(QUESTION, form(fields('k1'), { 'idempotency-key': 'k2' }));
  expect(both.taken).toEqual(two.taken);
});

test('a command without a usable key is refused, naming where it belongs', async () => {
  const noKey = await ask(QUESTION, form([['words', 'w']]));
  expect(errors(noKey.answer)).toEqual([400, [{ field: 'body.key', rule: 'required' }]]);
  const twoKeys = await ask(QUESTION, form(['a', 'b'].map((key): [string, string] => ['key', key])));
  expect(errors(twoKeys.answer)).toMatchObject([400, [{ field: 'body.key' }]]);
  const odd = await ask(QUESTION, form([['key', 'k 1']]));
  expect(errors(odd.answer)).toMatchObject([400, [{ field: 'body.key', rule: '1 to 128 visible ASCII characters' }]]);
  const noHeader = await ask(QUESTION, json({ words: 'w', key: 'k1' }));
  expect(errors(noHeader.answer)).toEqual([400, [{ field: 'Idempotency-Key', rule: 'required' }]]);
});

test('what a form sends is checked like any body, and a route that takes none takes none', async () => {
  const blank: [string, string][] = [
    ['key', 'k1'],
    ['words', ' '],
  ];
  const empty = await ask(QUESTION, form(blank));
  expect(errors(empty.answer)).toMatchObject([400, [{ field: 'body.words' }]]);
  const plain = await ask('POST /letters/{link}/plain', form([['words', 'w']], { 'idempotency-key': 'k1' }));
  expect(errors(plain.answer)).toEqual([400, [{ field: 'body', rule: 'JSON' }]]);
  expect(plain.taken).toEqual([]);
});

test('a body that nests without end is refused as what it is', async () => {
  const nested = (n: number): Partial<ApiEvent> => ({ ...json({}, 'k'), body: `${'['.repeat(n)}${']'.repeat(n)}` });
  const { answer } = await ask(QUESTION, nested(100_000));
  expect(errors(answer)).toEqual([400, [{ field: 'body', rule: 'nested at most 32 deep' }]]);
  const { answer: objects } = await ask(QUESTION, {
    ...json({}, 'k'),
    body: `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  });
  expect(objects.statusCode).toBe(400);
});

test('a problem says which request it was, under which the log has it; what fails is logged by where', async () => {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    const broken = [
      route({
        ...common,
        method: 'GET',
        path: '/letters/{link}',
        summary: 'A letter',
        answer: z.string(),
        handle: async () => {
          throw new TypeError('Zhang San');
        },
      }),
    ];
    const handle = http(broken, { access: { person: async () => undefined }, clock: () => 0, taken: [] } as never);
    const about = { headers: {}, pathParameters: { link: 'x' }, requestContext: { requestId: 'req-1' } };
    const failed = await handle({ ...about, routeKey: 'GET /letters/{link}' });
    expect(JSON.parse(failed.body)).toMatchObject({ status: 500, instance: 'urn:huiyin:request:req-1' });
    expect(JSON.parse((await handle({ ...about, routeKey: 'GET /none' })).body)).toMatchObject({
      status: 404,
      instance: 'urn:huiyin:request:req-1',
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { code: 'HY-API-2', error: 'TypeError', request: 'req-1', at: expect.stringMatching(/^http\.test\.ts:\d+:\d+/) },
      { code: 'HY-API-1', status: 404, request: 'req-1' },
    ]);
    expect(lines.join()).not.toContain('Zhang');
  } finally {
    spy.mockRestore();
  }
});
