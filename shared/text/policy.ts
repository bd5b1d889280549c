import { POLICY_FEES } from './policy-fees.ts';
import { POLICY_SERVICE } from './policy-service.ts';
import { POLICY_UNITS } from './policy-units.ts';

/** Every value of a policy in words: what it means and what it is counted in. */
export const POLICY_TEXTS = { ...POLICY_SERVICE, ...POLICY_FEES, ...POLICY_UNITS };

type After<Prefix extends string, Key> = Key extends `${Prefix}.${infer Rest}` ? Rest : never;

/** Names of the values that have words; the policy declares these, no more and no fewer. */
export type PolicyName = After<'policy', keyof typeof POLICY_TEXTS>;
/** What values are counted in. `never` is how one is said, not what it is counted in. */
export type PolicyUnit = After<'policy-unit', keyof typeof POLICY_TEXTS>;
