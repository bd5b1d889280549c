import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onPolicySet } from '../dunning/on-policy-set.ts';

const wired = wire();
const accounts = accountsIn(wired.tables('billing'), wired.policies);
export const handler = consume(onPolicySet, { accounts, freshPolicies: () => wired.policies, clock: wired.clock });
