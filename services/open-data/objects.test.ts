import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Envelope, personalRef } from '../../shared/domain/events.ts';
import { exporter } from './exporter.ts';
import { objectsOf } from './objects.ts';

const AT = Date.parse('2026-11-24T23:59:59.999Z');
const event = (more: Partial<Envelope> = {}): Envelope => ({
  id: 'cmp_1.1',
  name: 'complaint.resolved',
  site: 'lakeside',
  aggregate: 'cmp_1',
  version: 1,
  at: AT,
  by: 'stf_1',
  data: { ordinal: 1 },
  ...more,
});
const messages = (...events: Envelope[]) => events.map((one, i) => ({ id: `m${i}`, body: JSON.stringify(one) }));

test('events lie by journal and by the UTC date of their recording, a line each', () => {
  const { objects, unreadable } = objectsOf(
    messages(
      event(),
      event({ id: 'cmp_1.2', version: 2, at: AT + 1 }),
      event({ id: 'acc_1.1', name: 'account.step-due', aggregate: 'acc_1' }),
    ),
  );
  expect(unreadable).toEqual([]);
  expect(objects.map(({ key }) => key.replace(/[0-9a-f]{32}/, '…'))).toEqual([
    'events/journal=complaint/date=2026-11-24/….jsonl.gz',
    'events/journal=complaint/date=2026-11-25/….jsonl.gz',
    'events/journal=account/date=2026-11-24/….jsonl.gz',
  ]);
  expect(JSON.parse(objects[0]?.lines[0] ?? '')).toEqual({
    id: 'cmp_1.1',
    name: 'complaint.resolved',
    site: 'lakeside',
    aggregate: 'cmp_1',
    version: 1,
    recorded_at: AT,
    recorded_by: 'stf_1',
    data: '{"ordinal":1}',
  });
});

test('the same events are the same object in whatever order and however often they come; others are another', () => {
  const [one, two] = [event(), event({ id: 'cmp_1.2', version: 2 })];
  const keyOf = (...events: Envelope[]) => objectsOf(messages(...events)).objects.map(({ key }) => key);
  const { objects } = objectsOf(messages(two, one, two));
  expect(objects.map(({ key }) => key)).toEqual(keyOf(one, two));
  expect(objects[0]).toMatchObject({ lines: { length: 2 }, messages: ['m0', 'm1', 'm2'] });
  expect(keyOf(one)).not.toEqual(keyOf(one, two));
});

test('events of two sites are two, whatever they are called', () => {
  const { objects } = objectsOf(
    messages(event({ id: 'run_2026-11.1' }), event({ id: 'run_2026-11.1', site: 'westgate' })),
  );
  expect(objects.map(({ lines }) => lines.length)).toEqual([2]);
});

test('nobody can find out a telephone number from what is exported', () => {
  const reference = { ref: 'text_1', hash: 'a'.repeat(64) };
  // Events may say more of a text than where it is: schemas let that through, and it is no reason to tell the hash.
  const more = personalRef.loose().parse({ ...reference, language: 'zh-CN' });
  const data = { contacts: [{ way: 'phone', value: personalRef.parse(reference) }], said: more, hash: 'of a file' };
  const [line = ''] = objectsOf(messages(event({ data }))).objects[0]?.lines ?? [];
  expect(JSON.parse(JSON.parse(line).data)).toEqual({
    contacts: [{ way: 'phone', value: { ref: 'text_1' } }],
    said: { ref: 'text_1', language: 'zh-CN' },
    hash: 'of a file',
  });
});

test('what could not be written, or is no event, is given back; the rest is written', async () => {
  const written = new Map<string, string>();
  const run = exporter({
    put: async (key, body) => {
      if (key.includes('journal=account')) throw new Error('SlowDown');
      written.set(key, gunzipSync(body).toString());
    },
  });
  const records = messages(event(), event({ id: 'acc_1.1', name: 'account.opened' })).map(({ id, body }) => ({
    messageId: id,
    body,
  }));
  const answer = await run({
    Records: [...records, { messageId: 'm2', body: '{"hello":1}' }, { messageId: 'm3', body: '' }],
  });
  expect(answer).toEqual({ batchItemFailures: ['m2', 'm3', 'm1'].map((itemIdentifier) => ({ itemIdentifier })) });
  expect([...written.values()].map((text) => text.trimEnd().split('\n').length)).toEqual([1]);
});

test('no hash goes out by which a payer could be guessed from the rest of a letter', () => {
  const evidence = { letter: 'let_1', contentHash: 'aa', arrived: true };
  const [claimed, done] = objectsOf(
    messages(
      event({ id: 'let_1.2', name: 'letter.claimed', aggregate: 'let_1', data: { kind: 'demand', contentHash: 'aa' } }),
      event({ id: 'acc_1.9', name: 'account.step-done', aggregate: 'acc_1', data: { on: '2026-11-24', evidence } }),
    ),
  ).objects;
  const dataOf = (line = '{}') => JSON.parse(JSON.parse(line).data);
  expect(dataOf(claimed?.lines[0])).toEqual({ kind: 'demand' });
  expect(dataOf(done?.lines[0])).toEqual({ on: '2026-11-24', evidence: { letter: 'let_1', arrived: true } });
});
