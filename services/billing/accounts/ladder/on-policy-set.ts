import { inParallel } from '../../../../shared/aws/many.ts';
import type { Directory } from '../../../../shared/directory/units.ts';
import { wakeUp } from '../../../../shared/journal/execute.ts';
import { consumerFor } from '../../../../shared/lambda/bus.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import type { Clock } from '../../../../shared/time/clock.ts';
import { sitePolicySet } from '../../../registry/events.ts';
import type { Accounts } from '../aggregate.ts';
import { coverOverdue } from '../cover.ts';
import { dunningWake } from './wake.ts';

/** Accounts in a page, and woken side by side. */
const PAGE = 100;
const WIDTH = 8;

interface PolicySetDeps {
  accounts: Accounts;
  directory: Directory;
  freshPolicies: () => Policies;
  clock: Clock;
}

/**
 * In: a site's policy changed. Out: every account with something open is woken under it, so that a rule enabled late
 * reaches the debts that are there. Done again it changes nothing; died half-way it begins anew.
 */
export const onPolicySet = consumerFor<PolicySetDeps>()({
  name: 'billing-on-policy-set',
  events: [sitePolicySet],
  async handle({ site }, { accounts, directory, freshPolicies, clock }) {
    const wake = dunningWake(freshPolicies(), coverOverdue(accounts, directory));
    for (let after: string | undefined, more = true; more; ) {
      const page = await accounts.walk(site, false, PAGE, after);
      await inParallel(page.items, WIDTH, ({ id }) => wakeUp(accounts, { site, id, now: clock(), wake }));
      after = page.next;
      more = after !== undefined;
    }
  },
});
