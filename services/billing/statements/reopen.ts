import { execute } from '../../../shared/journal/execute.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { reopened } from './decide.ts';
import { linesOf } from './lines-store.ts';
import { remittedKey } from './remittance.ts';
import type { Remittances } from './store.ts';

/**
 * A payment was reversed: the line of a statement that it was, if any, is money without a name again. Told again it does
 * nothing; nothing is booked by itself a second time.
 */
export const reopenLine = async (
  { remittances, policies }: { remittances: Remittances; policies: Policies },
  { site, payment, now, by }: { site: string; payment: string; now: Instant; by: string },
): Promise<void> => {
  const id = (await linesOf(remittances, site, [payment])).get(payment)?.line;
  if (id === undefined) return;
  const context = await contextAt(policies, site, now);
  await execute(remittances, {
    site,
    id,
    now,
    by,
    decide: (state) => reopened(state, payment, { now, context }),
    publish: () => ({ put: [], remove: [remittedKey(site, payment)] }),
  });
};
