import * as z from 'zod';
import { Refusal } from '../../shared/domain/refusal.ts';
import { problemOf } from '../../shared/http/problem.ts';
import { instantOut } from '../../shared/http/schemas.ts';
import {
  DEFAULT_POLICY,
  looserThan,
  type PolicyOverrides,
  type PolicyValues,
  policySchema,
  ruleOf,
} from '../../shared/policy/policy.ts';
import { type Language, say } from '../../shared/text/catalogue.ts';
import type { PolicyName } from '../../shared/text/policy.ts';
import { contradictions, neighboursOf } from './policy.ts';
import { meansOf, unitOf, valueInWords } from './policy-words.ts';

/** In the order in which they are declared. */
const NAMES = Object.keys(policySchema.shape) as [PolicyName, ...PolicyName[]];
const nameOut = z.enum(NAMES).meta({ id: 'PolicyName' });
const said = (description: string) => z.string().meta({ description });

const inWords = {
  name: nameOut,
  means: said("What it means, in the reader's language"),
  unit: said('What it is counted in'),
};

const valueOut = z
  .object({
    ...inWords,
    value: z.number().int(),
    says: said('The value as people say it: `60 minutes`, `08:30`, `¥3.00`'),
    own: z.boolean().meta({ description: 'Of a site: it set the value itself. Of the group: it is not the standard' }),
    floor: z.number().int().optional().meta({ description: "Of a site: the group's value" }),
    standard: z.number().int().meta({ description: 'What it is where nobody has set it' }),
    stricter: z.enum(['smaller', 'larger']).meta({ description: 'Which way it is stricter' }),
    least: z.number().int().meta({ description: 'The least that may be set here' }),
    most: z.number().int().meta({ description: 'The most that may be set here' }),
    lessThan: nameOut.optional().meta({ description: 'A value that it has to be less than' }),
    moreThan: nameOut.optional().meta({ description: 'A value that it has to be more than' }),
  })
  .meta({ id: 'PolicyValue' });

const changeOut = z
  .object({
    ...inWords,
    from: z.number().int(),
    to: z.number().int(),
    tighter: z.boolean(),
    says: said('The change as a sentence'),
    why: z.string().optional().meta({ description: 'Why this value may not be set, where it may not' }),
  })
  .meta({ id: 'PolicyChange' });

const announcedOut = z.object({ version: z.number().int(), effective: instantOut, changes: z.array(changeOut) });

export const inForceOut = z
  .object({
    site: z.string(),
    version: z.number().int(),
    effective: instantOut,
    floorVersion: z.number().int().meta({ description: "The version of the group's policy" }),
    announced: z
      .array(announcedOut)
      .meta({ description: 'What is announced, earliest first, each with what it changes' }),
    values: z.array(valueOut).meta({ description: 'In the order in which they are declared' }),
  })
  .meta({ id: 'PolicyInForce' });

export const groupPolicyOut = z
  .object({ version: z.number().int(), values: z.array(valueOut) })
  .meta({ id: 'GroupPolicy' });

export const previewOut = z
  .object({
    effective: instantOut,
    may: z.boolean().meta({ description: 'Whether setting it would be accepted' }),
    why: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .meta({ description: 'Why it would be refused' }),
    changes: z.array(changeOut).meta({ description: 'Against what would be in force from then on without it' }),
    touches: z.array(z.string()).meta({ description: 'What else it does and does not do, in sentences' }),
  })
  .meta({ id: 'PolicyPreview' });

/**
 * Every value with what it means and what may be set.
 * @param floor of a site: the group's policy
 */
export const valuesView = (
  values: PolicyValues,
  overrides: PolicyOverrides,
  language: Language,
  floor?: PolicyValues,
): z.input<typeof valueOut>[] =>
  NAMES.map((name) => {
    const { stricter, least, most } = ruleOf(name);
    const value = values[name];
    return {
      name,
      means: meansOf(name, language),
      unit: unitOf(name, language),
      value,
      says: valueInWords(name, values, language),
      // What a stricter group has overruled is the group's.
      own: floor ? overrides[name] === value : value !== DEFAULT_POLICY[name],
      ...(floor ? { floor: floor[name] } : {}),
      standard: DEFAULT_POLICY[name],
      stricter,
      least: floor && stricter === 'larger' ? floor[name] : least,
      most: floor && stricter === 'smaller' ? floor[name] : most,
      ...neighboursOf(name),
    };
  });

/** What differs, and of each whether it may be set. */
export const changesView = (
  from: PolicyValues,
  to: PolicyValues,
  language: Language,
  floor?: PolicyValues,
): z.input<typeof changeOut>[] => {
  const looser = new Set(floor ? looserThan(floor, to) : []);
  const wrong = contradictions(to);
  return NAMES.filter((name) => from[name] !== to[name]).map((name) => {
    const means = meansOf(name, language);
    const [was, is] = [from, to].map((values) => valueInWords(name, values, language)) as [string, string];
    const pair = wrong.find((both) => both.includes(name));
    const other = pair?.find((one) => one !== name);
    const why =
      floor && looser.has(name)
        ? say('policy-change.looser', language, { floor: valueInWords(name, floor, language) })
        : other &&
          say(pair?.[0] === name ? 'policy-change.less' : 'policy-change.more', language, {
            means: meansOf(other, language),
            value: valueInWords(other, to, language),
          });
    return {
      name,
      means,
      unit: unitOf(name, language),
      from: from[name],
      to: to[name],
      tighter: ruleOf(name).stricter === 'smaller' ? to[name] < from[name] : to[name] > from[name],
      says: say('policy-change.value', language, { means, from: was, to: is }),
      ...(why === undefined ? {} : { why }),
    };
  });
};

/** Days of rungs are of the ladder: debts follow that of the day. */
const isOfLadder = (name: PolicyName): boolean => ruleOf(name).unit === 'days-after-due';

/** What setting it would be refused with. @throws Refusal one that isn't about what is wanted: nothing can be said of that then */
export const refusalOf = (decided: object): Refusal | undefined => {
  if (!(decided instanceof Refusal)) return undefined;
  if (decided.kind !== 'rule') throw decided;
  return decided;
};

/** What the decision would say, and what would change. @param further sentences on what else it touches */
export const previewView = (
  refusal: Refusal | undefined,
  effective: string,
  changes: z.input<typeof changeOut>[],
  further: string[],
  language: Language,
): z.input<typeof previewOut> => {
  const no = refusal && problemOf(refusal, language);
  const touches =
    changes.length === 0
      ? [say('policy-change.none', language)]
      : [
          say('policy-change.open', language),
          ...(changes.some(({ name }) => isOfLadder(name)) ? [say('policy-change.ladder', language)] : []),
        ];
  return {
    effective,
    may: no === undefined,
    ...(no ? { why: { code: no.code, message: no.title } } : {}),
    changes,
    touches: no ? [] : [...touches, ...further],
  };
};
