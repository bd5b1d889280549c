import { localDay } from '../../../shared/clock.ts';
import { consumerFor, onceFor } from '../../../shared/consumer.ts';
import { derivedId } from '../../../shared/ids.ts';
import type { Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { groundAt, type Policies } from '../../../shared/policy.ts';
import { Refusal } from '../../../shared/refusal.ts';
import { type Directory, payerOn, unitById } from '../../../shared/units.ts';
import { complaintClosed, complaintFoundNotValid, complaintRegistered } from '../../complaints/events.ts';
import { accountId } from './account.ts';
import type { Happenings, Situation } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { type Accounts, disputed, disputeKey, forgetDispute } from './store.ts';
import { holdForComplaint, release } from './two-people.ts';

export interface FeeComplaintDeps {
  accounts: Accounts;
  policies: Policies;
  directory: Directory;
}

/**
 * In: a complaint about fees is registered, found not valid or closed. Out: dunning of the unit's account
 * waits while it is open, and goes on afterwards at the age of the debt.
 */
export const onFeeComplaint = consumerFor<FeeComplaintDeps>()({
  name: 'billing-on-fee-complaint',
  events: [complaintRegistered, complaintFoundNotValid, complaintClosed],
  async handle(event, { accounts, policies, directory }) {
    const { site, at: now, by, aggregate: complaint } = event;
    const hold = derivedId('hold', complaint);
    const ground = await groundAt(policies, site, now);
    const act = (id: string, decide: (on: Situation) => Happenings) =>
      execute(accounts, {
        site,
        id,
        now,
        by,
        once: onceFor(this.name, `${event.id}#${id}`),
        decide: (state): Decision<AccountEvent> => {
          const events = decide({ state, actor: { staff: by, roles: [], departments: [] }, now, ground });
          return events instanceof Refusal ? { events: [] } : { events };
        },
        publish: (next) =>
          next.state?.holds[hold]
            ? { put: [{ ...disputeKey(site, complaint, id) }], remove: [] }
            : { put: [], remove: [] },
      });

    if (event.name === 'complaint.registered') {
      const { kind, unit, party } = event.data;
      if (kind !== 'fees' || unit === undefined) return;
      const known = await unitById(directory, site, unit);
      const payer = payerOn(known?.payers ?? [], localDay(now, ground.zone));
      // Whoever complains about the unit's fee, its payer is who would be dunned; a payer of before has an account of their own.
      const own = party !== undefined && (await accounts.head(site, accountId(unit, party))).state ? party : payer;
      if (own === undefined) return;
      await act(accountId(unit, own), (on) => holdForComplaint(on, hold, complaint));
      return;
    }
    for (const id of await disputed(accounts, site, complaint)) {
      await act(id, (on) => release(on, hold, 'complaint-closed'));
      // Also where the hold was over before. Last: where this is never reached, the event comes again and finds it.
      await forgetDispute(accounts, site, complaint, id);
    }
  },
});
