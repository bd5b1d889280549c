import type { Aws } from '../../../../../shared/aws/aws.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { bus } from '../../../../../shared/lambda/bus.ts';
import { policies } from '../../../../../shared/policy/policies.ts';
import { accountsIn } from '../../store.ts';
import { onPolicySet } from '../on-policy-set.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry, clock } = wired;
  return bus(onPolicySet, {
    accounts: accountsIn(wired.tables('billing'), wired),
    directory: { doc, registry },
    freshPolicies: () => policies({ doc, registry, clock }),
    clock,
  });
};
