import { expect, test } from 'vitest';
import type * as z from 'zod';
import { faultOf, ruleFrom } from '../../shared/http/field-rules.ts';
import { routeKey } from '../../shared/http/route.ts';
import { say } from '../../shared/text/catalogue.ts';
import { allWithin, defOf } from './schemas.ts';
import { findServices } from './services.ts';

const PARTS = (await findServices()).flatMap(({ routes }) =>
  routes.flatMap((route) =>
    (['params', 'query', 'body'] as const).flatMap((part) => {
      const schema = route[part];
      return schema ? [{ name: `${routeKey(route)} ${part}`, schema: schema as z.ZodType }] : [];
    }),
  ),
);

test('every rule that a schema says in words of its own is a message of the catalogue', () => {
  let said = 0;
  for (const { name, schema } of PARTS) {
    for (const one of allWithin(schema)) {
      for (const check of defOf(one).checks ?? []) {
        const message = check._zod.def.error?.({ code: 'custom', input: '' });
        if (message === undefined) continue;
        said += 1;
        expect(ruleFrom(String(message)), `${name}: ${message}`).toBeDefined();
      }
    }
  }
  expect(said).toBeGreaterThan(100);
});

/** Values that hardly any field takes, by the shape of the schema: each field wrong in every way, the others too. */
const WRONG: unknown[] = [
  undefined,
  null,
  1.5,
  -1,
  1e30,
  Number.NaN,
  '',
  ' ',
  '\u200b',
  'x'.repeat(9_000),
  '\ud800',
  true,
  [],
  [1, 1],
  ['a', 'a'],
  {},
  { a: 1 },
];
const wrongOf = (schema: z.ZodType, wrong: unknown, depth = 0): unknown => {
  const def = defOf(schema);
  if (depth > 8) return wrong;
  if (def.type === 'object') {
    const fields = Object.entries(def.shape as Record<string, z.ZodType>);
    return Object.fromEntries(fields.map(([field, one]) => [field, wrongOf(one, wrong, depth + 1)]));
  }
  if (def.type === 'array') return [wrongOf(def.element as z.ZodType, wrong, depth + 1)];
  const inner = (def.innerType ?? def.in) as z.ZodType | undefined;
  return inner ? wrongOf(inner, wrong, depth + 1) : wrong;
};

test('whatever is wrong with a field is said in Chinese to whoever reads Chinese, and in English to others', () => {
  const said = new Set<string>();
  for (const { name, schema } of PARTS) {
    for (const value of WRONG) {
      for (const sent of [value, wrongOf(schema, value)]) {
        const result = schema.safeParse(sent, { reportInput: true });
        for (const issue of result.success ? [] : result.error.issues) {
          const { field, rule, details } = faultOf('body', issue);
          said.add(rule);
          const { levels: _, ...words } = details ?? {};
          const shown = { ...words, levels: '…' };
          const chinese = say(rule, 'zh-CN', shown);
          expect(chinese, `${name} ${field}`).toMatch(/\p{Script=Han}/u);
          expect(chinese, `${name} ${field}`).not.toMatch(/\{\w+\}|[a-z]{3,} [a-z]{2,} [a-z]{2,}/);
          expect(say(rule, 'en', shown), `${name} ${field}`).not.toMatch(/\p{Script=Han}/u);
          // Everything that is checked has a rule of its own to say.
          expect(rule, `${name} ${field} ${JSON.stringify(issue)}`).not.toBe('field.invalid');
        }
      }
    }
  }
  expect(said.size).toBeGreaterThan(15);
});
