import { wire } from '../../../../../shared/aws/wiring.ts';
import { consume } from '../../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../../shared/lambda/shell.ts';
import { accountsIn } from '../../store.ts';
import { onPolicySet } from '../on-policy-set.ts';

const wired = wire();
const { doc, registry, clock } = wired;
export const handler = shell(
  consume(onPolicySet, {
    accounts: accountsIn(wired.tables('billing'), wired),
    directory: { doc, registry },
    freshPolicies: () => wired.policies,
    clock,
  }),
);
