import { expect, test } from 'vitest';
import * as z from 'zod';
import { routeKey } from '../../shared/http/route.ts';
import { asSeen } from '../../shared/plain-text.ts';
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
    [route.params, route.query, route.body].flatMap((part) =>
      part
        ? [...allWithin(part)]
            .filter((one) => one instanceof z.ZodString)
            .map((leaf) => ({ name: routeKey(route), leaf }))
        : [],
    ),
  ),
);

/** A text as a request brings it to its schema. */
const read = (leaf: z.ZodType, text: string) => leaf.safeParse(asSeen(text));

test('no text of any route is another for what is unseen in it', () => {
  let tried = 0;
  for (const { name, leaf } of LEAVES) {
    for (const sample of SAMPLES) {
      const plainly = read(leaf, sample);
      if (!plainly.success) continue;
      for (const unseen of UNSEEN) {
        for (const same of [
          unseen + sample,
          sample + unseen,
          `${sample.slice(0, 1)}${unseen.trim()}${sample.slice(1)}`,
        ]) {
          tried += 1;
          const other = read(leaf, same);
          if (other.success) expect(other.data, `${name}: ${JSON.stringify(same)}`).toBe(plainly.data);
        }
      }
    }
  }
  expect(tried).toBeGreaterThan(10_000);
});

test('no text of any route is there when it is only padding', () => {
  for (const { name, leaf } of LEAVES) {
    for (const padding of [...UNSEEN, ' ', '\n', UNSEEN.join('')]) {
      const found = read(leaf, padding);
      if (found.success) expect(found.data, `${name}: ${JSON.stringify(padding)}`).toBe('');
    }
  }
});
