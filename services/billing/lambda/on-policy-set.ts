import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onPolicySet } from '../dunning/on-policy-set.ts';

const wired = wire();
const { doc, registry, clock } = wired;
export const handler = consume(onPolicySet, {
  accounts: accountsIn(wired.tables('billing'), wired),
  directory: { doc, registry },
  freshPolicies: () => wired.policies,
  clock,
});
