import * as z from 'zod';
import { policySchema } from '../../../shared/policy/policy.ts';
import { POLICY_TEXTS, type PolicyName } from '../../../shared/text/policy.ts';
import { table } from './markdown.ts';

interface Value {
  description: string;
  default: number;
  minimum: number;
  maximum: number;
  stricter: 'smaller' | 'larger';
}

/** `Called back within (hours)` → text and unit. */
const split = (description: string): [about: string, unit: string] => {
  const found = /^(.*) \(([^()]*)\)$/.exec(description);
  if (!found) throw new Error(`a policy value without a unit: ${description}`);
  return [found[1] as string, found[2] as string];
};

/** `policy.md`: every number of the business. */
export const policy = (): string => {
  const { properties } = z.toJSONSchema(policySchema) as unknown as { properties: Record<string, Value> };
  const rows = Object.entries(properties).map(([name, value]) => {
    const [about, unit] = split(value.description);
    const floor = value.stricter === 'smaller' ? 'not more' : 'not less';
    const { zh } = POLICY_TEXTS[`policy.${name as PolicyName}`];
    return [`\`${name}\``, about, zh, `${value.default}`, unit, `${value.minimum}–${value.maximum}`, floor];
  });
  return [
    '# Policy',
    '',
    'Every number of the business is data: a policy with versions and an effective date. The group sets the floor; a site may',
    'be stricter, never looser: its value is *not more* (or *not less*) than the group’s. A case keeps the version it began',
    'under.',
    '',
    ...table(['name', 'what', '中文', 'default', 'unit', 'allowed', 'a site, against the group'], rows),
  ].join('\n');
};
