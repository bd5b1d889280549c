import type * as z from 'zod';
import type { Details, FieldFault } from '../domain/refusal.ts';
import { isMessageKey, type MessageKey } from '../text/catalogue.ts';

type Rule = Pick<FieldFault, 'rule' | 'details'>;

/**
 * A rule of a schema's own (a refinement, a format), as the error it is given to zod with: a key of the catalogue, which says it in
 * the language of whoever reads.
 */
export const rule = (key: MessageKey, details: Details = {}): string => JSON.stringify([key, details]);

/** @returns nothing for what zod says in its own words */
export const ruleFrom = (message: string): Rule | undefined => {
  try {
    const [key, details] = JSON.parse(message) as [string, Details];
    return isMessageKey(key) ? { rule: key, details } : undefined;
  } catch {
    return undefined;
  }
};

const TYPES: Readonly<Record<string, MessageKey>> = {
  string: 'field.string',
  number: 'field.number',
  int: 'field.int',
  boolean: 'field.boolean',
  array: 'field.array',
  object: 'field.object',
  record: 'field.object',
};

const textOf = (one: unknown) => (typeof one === 'bigint' ? Number(one) : (one as number));

/** What is wrong by zod's own codes. */
const byCode = (issue: z.core.$ZodIssue): Rule => {
  switch (issue.code) {
    case 'invalid_type':
      return { rule: issue.input === undefined ? 'field.required' : (TYPES[issue.expected] ?? 'field.invalid') };
    case 'too_small': {
      const details = { min: textOf(issue.minimum) };
      if (issue.origin === 'string')
        return details.min === 1 ? { rule: 'field.required' } : { rule: 'field.characters-least', details };
      if (issue.origin === 'array' || issue.origin === 'set') return { rule: 'field.items-least', details };
      return { rule: issue.inclusive === false ? 'field.more-than' : 'field.at-least', details };
    }
    case 'too_big': {
      const details = { max: textOf(issue.maximum) };
      if (issue.origin === 'string') return { rule: 'field.characters-most', details };
      if (issue.origin === 'array' || issue.origin === 'set') return { rule: 'field.items-most', details };
      return { rule: issue.inclusive === false ? 'field.less-than' : 'field.at-most', details };
    }
    case 'invalid_format':
      if (issue.format === 'base64') return { rule: 'field.base64' };
      return { rule: 'field.format' };
    case 'not_multiple_of':
      return { rule: 'field.multiple', details: { of: issue.divisor } };
    case 'unrecognized_keys':
      return { rule: 'field.unknown', details: { keys: issue.keys.join(', ') } };
    case 'invalid_value':
      if (issue.input === undefined) return { rule: 'field.required' };
      return { rule: 'field.one-of', details: { allowed: issue.values.map(String).join(', ') } };
    case 'invalid_union':
      return { rule: issue.input === undefined ? 'field.required' : 'field.one-form' };
    default:
      return { rule: 'field.invalid' };
  }
};

/** An issue that zod found, as the field and the rule it breaks. @param where `path`, `query` or `body` */
export const faultOf = (where: string, issue: z.core.$ZodIssue): FieldFault => ({
  field: [where, ...issue.path.map(String)].join('.'),
  ...(ruleFrom(issue.message) ?? byCode(issue)),
});
