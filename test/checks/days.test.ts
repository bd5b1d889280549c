import { expect, test } from 'vitest';
import type * as z from 'zod';
import { faultOf } from '../../shared/http/field-rules.ts';
import { routeKey } from '../../shared/http/route.ts';
import { allWithin } from './schemas.ts';
import { findServices } from './services.ts';

const KINDS = { day: (year: string) => `${year}-05-01`, instant: (year: string) => `${year}-05-01T09:30:00+08:00` };
type Kind = keyof typeof KINDS;

/** A field that takes days, or instants: it takes one of this year and no such thing of a thirteenth month. */
const takes = (schema: z.ZodType, kind: Kind) => {
  const text = KINDS[kind]('2026');
  return schema.safeParse(text).success && !schema.safeParse(text.replace('-05-', '-13-')).success;
};

/** Every field of every declared route that takes a day or an instant: a new one is among them by itself. */
const FIELDS = (await findServices()).flatMap(({ routes }) =>
  routes.flatMap((route) =>
    (['params', 'query', 'body'] as const).flatMap((part) =>
      [...(route[part] ? allWithin(route[part] as z.ZodType) : [])].flatMap((schema) =>
        (['day', 'instant'] as const)
          .filter((kind) => takes(schema, kind))
          .map((kind) => ({ name: `${routeKey(route)} ${part} ${kind}`, kind, schema })),
      ),
    ),
  ),
);

test.each(FIELDS)('$name refuses a year mistyped, by a rule that says which', ({ schema, kind }) => {
  for (const year of ['0206', '2999', '1026', '9999']) {
    const result = schema.safeParse(KINDS[kind](year), { reportInput: true });
    expect(result.success, year).toBe(false);
    expect(result.error?.issues.map((issue) => faultOf('body', issue).rule)).toContain('field.day-plausible');
  }
  expect(schema.safeParse(KINDS[kind]('2026')).success).toBe(true);
});

test('the fields that take days are found', () => {
  const found = FIELDS.map(({ name }) => name).join('\n');
  for (const path of ['arrears body', 'exemptions body', 'holds body', 'payments body', 'fees body', 'slips body']) {
    expect(found).toContain(path);
  }
});
