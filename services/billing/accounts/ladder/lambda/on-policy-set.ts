import { wire } from '../../../../../shared/aws/wiring.ts';
import { bus } from '../../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../store.ts';
import { onPolicySet } from '../on-policy-set.ts';

const wired = wire();
const { doc, registry, clock } = wired;
export const handler = bus(onPolicySet, {
  accounts: accountsIn(wired.tables('billing'), wired),
  directory: { doc, registry },
  freshPolicies: () => wired.policies,
  clock,
});
