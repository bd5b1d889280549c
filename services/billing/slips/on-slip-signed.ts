import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { consumerFor, idempotencyKeyFor } from '../../../shared/lambda/bus.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { calendarOf, rolled } from '../../../shared/time/calendar/calendar.ts';
import { localDay } from '../../../shared/time/clock.ts';
import { accountId, billName, charge } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { charged } from './decide.ts';
import { slipSigned } from './events.ts';
import type { Slips } from './store.ts';

/**
 * In: an owner signed for a paid service. Out: one bill on the payer's account, due that day (rolled over a holiday), and
 * the slip says so. A crash between the two repeats the event, and what is charged stays charged once.
 */
export const onSlipSigned = consumerFor<{ slips: Slips; accounts: Accounts; policies: Policies }>()({
  name: 'billing-on-slip-signed',
  events: [slipSigned],
  async handle(event, { slips, accounts, policies }) {
    const { site, at: now, by, aggregate: slip } = event;
    const { unit, party, building, fen } = event.data;
    const context = await contextAt(policies, site, now);
    const account = accountId(unit, party);
    const signedOn = localDay(now, context.zone);
    const dueDay = rolled(signedOn, calendarOf(context.zone));
    // The day is what a payer knows it by, the slip what makes it one.
    const bill = billName('service', `${signedOn}.${slip}`);
    const actor = { staff: by, roles: [], departments: [] };
    await execute(accounts, {
      site,
      id: account,
      now,
      by,
      idempotencyKey: idempotencyKeyFor(this.name, event.id),
      decide: (state) => {
        const wanted = { unit, party, building, slip, bills: [{ bill, dueDay, fen }] };
        const events = charge({ state, actor, now, context }, wanted);
        return events instanceof Refusal ? events : { events };
      },
    });
    await execute(slips, { site, id: slip, now, by, decide: (state) => charged(state, { account, bill, dueDay }) });
  },
});
