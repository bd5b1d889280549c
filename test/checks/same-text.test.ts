import { expect, test } from 'vitest';
import * as z from 'zod';
import { routeKey } from '../../shared/http/route.ts';
import { asSeen, asSent } from '../../shared/values/plain-text.ts';
import { allWithin } from './schemas.ts';
import { findServices } from './services.ts';

/** What fields are like: one of these fits nearly every text that a route takes. */
const SAMPLES = [
  '测试',
  '8-2-101',
  'abc',
  '2026-05-01',
  '2026-11',
  '13900000001',
  'a@example.test',
  'ABCD1234',
  '2026-000345',
];
const UNSEEN = ['\u200b', '\u00ad', '\u202a', '\ufeff', '\u2060', '\u3164', '\u3000', '\u00a0'];

const LEAVES = (await findServices()).flatMap(({ routes }) =>
  routes.flatMap((route) =>
    (['params', 'query', 'body'] as const).flatMap((part) =>
      [...allWithin(route[part] ?? z.never())]
        .filter((one) => one instanceof z.ZodString)
        .map((leaf) => ({ name: routeKey(route), leaf, sent: part === 'body' ? asSent : asSeen })),
    ),
  ),
);

/** A text as a request brings it to its schema. */
const read = ({ leaf, sent }: (typeof LEAVES)[number], text: string) => leaf.safeParse(sent(text));

test('no text of any route is another for what is unseen in it', () => {
  let tried = 0;
  for (const one of LEAVES) {
    const { name } = one;
    for (const sample of SAMPLES) {
      const plainly = read(one, sample);
      if (!plainly.success) continue;
      for (const unseen of UNSEEN) {
        for (const same of [
          unseen + sample,
          sample + unseen,
          `${sample.slice(0, 1)}${unseen.trim()}${sample.slice(1)}`,
        ]) {
          tried += 1;
          const other = read(one, same);
          if (other.success) expect(other.data, `${name}: ${JSON.stringify(same)}`).toBe(plainly.data);
        }
      }
    }
  }
  expect(tried).toBeGreaterThan(10_000);
});

test('no text of any route is there when it is only padding', () => {
  for (const one of LEAVES) {
    const { name } = one;
    for (const padding of [...UNSEEN, ' ', '\n', UNSEEN.join('')]) {
      const found = read(one, padding);
      if (found.success) expect(found.data, `${name}: ${JSON.stringify(padding)}`).toBe('');
    }
  }
});
