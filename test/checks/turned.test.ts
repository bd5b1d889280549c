import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { email } from '../../services/registry/routes/party-parts.ts';
import { faultOf } from '../../shared/http/field-rules.ts';
import { phoneIn } from '../../shared/http/phone.ts';
import { routeKey } from '../../shared/http/route.ts';
import { say } from '../../shared/text/catalogue.ts';
import { asSent } from '../../shared/values/plain-text.ts';
import { allWithin } from './schemas.ts';
import { findServices } from './services.ts';

/** Overrides, embeddings and isolates, the marks from right to left, and control characters that nobody sees. */
const TURNING = [...'\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'];
const CONTROLS = ['\0', '\u0007', '\u001b', '\u007f', '\u0080', '\u009b', '\u009f'];

/** What address books put around these turns nothing; no sign of it is kept. */
const WAYS = new Set([...allWithin(phoneIn), ...allWithin(email)]);
/** Texts of people in bodies of commands: whatever takes Chinese and English words alike. */
const TEXTS = (await findServices()).flatMap(({ routes }) =>
  routes.flatMap((route) =>
    route.body
      ? [...allWithin(route.body)]
          .filter((one) => one instanceof z.ZodString)
          .filter((one) => !WAYS.has(one) && one.safeParse('张三 Zhang').success)
          .map((leaf) => ({ name: routeKey(route), leaf: leaf as z.ZodString }))
      : [],
  ),
);
/** What keeps its lines is free words; the rest are names. */
const isWords = (leaf: z.ZodString) => leaf.safeParse('一\n二').data === '一\n二';
const NAMES = TEXTS.filter(({ leaf }) => !isWords(leaf));
const WORDS = TEXTS.filter(({ leaf }) => isWords(leaf));
const sent = (leaf: z.ZodString, text: string) => leaf.safeParse(asSent(text), { reportInput: true });

describe('a text as it comes with a request', () => {
  test('no name holds what is seen in another order, or what nobody sees', () => {
    expect(NAMES.length).toBeGreaterThan(15);
    for (const { name, leaf } of NAMES) {
      for (const sign of [...TURNING, ...CONTROLS]) {
        for (const text of [`张三${sign}`, `张${sign}三`, `${sign}张三`]) {
          const { success, error } = sent(leaf, text);
          expect(success, `${name} takes ${JSON.stringify(text)}`).toBe(false);
          const [issue] = error?.issues ?? [];
          const { rule } = faultOf('body', issue as never);
          expect(['field.no-turning', 'field.no-control'], `${name}: ${rule}`).toContain(rule);
          expect([say(rule, 'zh-CN'), say(rule, 'en')]).toEqual([
            expect.stringMatching(/\p{Script=Han}/u),
            expect.not.stringMatching(/\p{Script=Han}/u),
          ]);
        }
      }
    }
  });

  test('free words stand in the order in which they are read, whatever was pasted with them', () => {
    expect(WORDS.length).toBeGreaterThan(20);
    for (const { name, leaf } of WORDS) {
      for (const sign of TURNING) expect(sent(leaf, `漏${sign}水\n三楼`).data, name).toBe('漏水\n三楼');
    }
  });
});
