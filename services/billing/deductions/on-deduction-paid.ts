import { inParallel } from '../../../shared/aws/many.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { consumerFor } from '../../../shared/lambda/bus.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { pay } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { bookedKey } from './booked.ts';
import { deductionPaid } from './events.ts';

/** Accounts paid side by side. */
const WIDTH = 8;

/** In: the bank deducted some lines of a batch. Out: one payment on each account, however often this arrives. */
export const onDeductionPaid = consumerFor<{ accounts: Accounts; policies: Policies }>()({
  name: 'billing-on-deduction-paid',
  events: [deductionPaid],
  async handle(event, { accounts, policies }) {
    const { site, at: now, by } = event;
    const { lines, paidOn } = event.data;
    const context = await contextAt(policies, site, now);
    const actor = { staff: by, roles: [], departments: [] };
    await inParallel(lines, WIDTH, ({ account, fen, payment }) =>
      execute(accounts, {
        site,
        id: account,
        now,
        by,
        idempotencyKey: bookedKey(payment),
        decide: (state) => {
          const events = pay({ state, actor, now, context }, { payment, method: 'deduction', fen, paidOn });
          return events instanceof Refusal ? events : { events };
        },
      }),
    );
  },
});
