import { NEVER, type PolicyValues, ruleOf } from '../../shared/policy/policy.ts';
import { type Language, say } from '../../shared/text/catalogue.ts';
import type { PolicyName } from '../../shared/text/policy.ts';
import { keyOf } from './policy.ts';

/** What a value of a policy means. */
export const meansOf = (name: PolicyName, language: Language): string => say(keyOf(name), language);

/** What it is counted in. */
export const unitOf = (name: PolicyName, language: Language): string =>
  say(`policy-unit.${ruleOf(name).unit}`, language, { never: NEVER });

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** A value as people say it: `60 minutes`, `08:30`, `¥3.00`. */
export const valueInWords = (name: PolicyName, { [name]: value }: PolicyValues, language: Language): string => {
  const { unit } = ruleOf(name);
  if (unit === 'days-after-due' && value === NEVER) return say('policy-value.never', language);
  return say(`policy-value.${unit}`, language, unit === 'time-of-day' ? { time: clock(value) } : { n: value });
};
