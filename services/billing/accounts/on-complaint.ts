import { localDay } from '../../../shared/clock.ts';
import { consumerFor, onceFor } from '../../../shared/consumer.ts';
import { derivedId } from '../../../shared/ids.ts';
import type { Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { groundAt, type Policies } from '../../../shared/policy.ts';
import { Refusal } from '../../../shared/refusal.ts';
import { type Directory, payerOn, unitById } from '../../../shared/units.ts';
import {
  complaintAssigned,
  complaintClosed,
  complaintFoundNotValid,
  complaintRegistered,
} from '../../complaints/events.ts';
import { accountId } from './account.ts';
import type { Happenings, Situation } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { type Accounts, disputed, disputeKey, endDispute, forgetDispute } from './store.ts';
import { holdForComplaint, release, serviceComplained, serviceSettled } from './two-people.ts';
import { accountsOfUnit } from './unit-store.ts';

export interface ComplaintDeps {
  accounts: Accounts;
  policies: Policies;
  directory: Directory;
}

/**
 * In: a complaint about fees is registered, any other judged valid; it is found not valid or closed. Out: while it is open,
 * dunning of the unit's account waits for one about fees, and of any other the letters of all the unit's accounts ask a
 * person first. What is not our duty isn't valid, so that any other is about the service. One that is confidential or anonymous
 * does neither to a unit's accounts: they would say who complained. The end is remembered, whichever is heard first.
 */
export const onComplaint = consumerFor<ComplaintDeps>()({
  name: 'billing-on-complaint',
  events: [complaintRegistered, complaintAssigned, complaintFoundNotValid, complaintClosed],
  async handle(event, { accounts, policies, directory }) {
    const { site, at: now, by, aggregate: complaint } = event;
    const hold = derivedId('hold', complaint);
    const ground = await groundAt(policies, site, now);
    const act = (id: string, decide: (on: Situation) => Happenings, what = '') =>
      execute(accounts, {
        site,
        id,
        now,
        by,
        once: onceFor(this.name, `${event.id}#${id}${what}`),
        decide: (state): Decision<AccountEvent> => {
          const events = decide({ state, actor: { staff: by, roles: [], departments: [] }, now, ground });
          return events instanceof Refusal ? { events: [] } : { events };
        },
        publish: (next) =>
          next.state?.holds[hold] || next.state?.complaints?.includes(complaint)
            ? { put: [{ ...disputeKey(site, complaint, id) }], remove: [] }
            : { put: [], remove: [] },
      });

    const end = async () => {
      for (const id of (await disputed(accounts, site, complaint)).accounts) {
        const over = (on: Situation) => {
          const released = release(on, hold, 'complaint-closed');
          return released instanceof Refusal || released.length > 0 ? released : serviceSettled(on, complaint);
        };
        await act(id, over, '#over');
        // Also where the hold was over before. Last: where this is never reached, the event comes again and finds it.
        await forgetDispute(accounts, site, complaint, id);
      }
    };
    /** Looked at last: whichever of the two comes second sees the other. */
    const endIfOver = async () => {
      if ((await disputed(accounts, site, complaint)).over) await end();
    };

    if (event.name === 'complaint.registered') {
      const { kind, unit, party } = event.data;
      if (kind !== 'fees' || unit === undefined) return;
      const known = await unitById(directory, site, unit);
      const payer = payerOn(known?.payers ?? [], localDay(now, ground.zone));
      // Whoever complains about the unit's fee, its payer is who would be dunned; a payer of before has an account of their own.
      const own = party !== undefined && (await accounts.head(site, accountId(unit, party))).state ? party : payer;
      if (own === undefined) return;
      await act(accountId(unit, own), (on) => holdForComplaint(on, hold, complaint));
      return endIfOver();
    }
    if (event.name === 'complaint.assigned') {
      const { kind, unit, anonymous, confidential } = event.data;
      if (kind === 'fees' || unit === undefined || anonymous || confidential) return;
      const known = await unitById(directory, site, unit);
      const payers = (known?.payers ?? []).flatMap(({ party }) =>
        party === undefined ? [] : [accountId(unit, party)],
      );
      // The list follows a moment later than accounts do.
      for (const id of new Set([...payers, ...(await accountsOfUnit(accounts, site, unit))])) {
        await act(id, (on) => serviceComplained(on, complaint));
      }
      return endIfOver();
    }
    await endDispute(accounts, site, complaint);
    await end();
  },
});
