import { type Directory, payerOn, unitById } from '../../../shared/directory/units.ts';
import type { EventDef, Recorded } from '../../../shared/domain/events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import type { Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { consumerFor, idempotencyKeyFor } from '../../../shared/lambda/bus.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { localDay } from '../../../shared/time/clock.ts';
import {
  complaintAssigned,
  complaintClosed,
  complaintFoundNotValid,
  complaintRegistered,
  isConcealed,
} from '../../complaints/events.ts';
import { accountId } from './account.ts';
import type { Accounts } from './aggregate.ts';
import type { NewEvents, Situation } from './decide.ts';
import { type AccountEvent, accountOpened } from './events.ts';
import { awaitAccounts, awaited, disputed, disputeKey, endDispute, forgetDispute } from './store.ts';
import { holdForComplaint, release, serviceComplained, serviceSettled } from './two-people.ts';
import { accountsOfUnit } from './unit-store.ts';

export interface ComplaintDeps {
  accounts: Accounts;
  policies: Policies;
  directory: Directory;
}

type EventOrigin = Pick<Recorded<EventDef>, 'id' | 'site' | 'at' | 'by'>;

/** What an event does to accounts of the unit that a complaint is of, each account once. */
const about = async (consumer: string, told: EventOrigin, complaint: string, { accounts, policies }: ComplaintDeps) => {
  const { site, at: now, by } = told;
  const hold = derivedId('hold', complaint);
  const context = await contextAt(policies, site, now);
  const act = (id: string, decide: (on: Situation) => NewEvents, what = '') =>
    execute(accounts, {
      site,
      id,
      now,
      by,
      idempotencyKey: idempotencyKeyFor(consumer, `${told.id}#${id}${what}`),
      decide: (state): Decision<AccountEvent> => {
        const events = decide({ state, actor: { staff: by, roles: [], departments: [] }, now, context });
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
  return {
    today: localDay(now, context.zone),
    /** Dunning of an account waits. */
    holds: (id: string) => act(id, (on) => holdForComplaint(on, hold, complaint)),
    /** Letters of accounts ask a person first. @returns those that aren't opened yet */
    asks: async (ids: Iterable<string>, what = ''): Promise<string[]> => {
      const missing: string[] = [];
      for (const id of ids) {
        const { current } = await act(id, (on) => serviceComplained(on, complaint), what);
        if (!current.state) missing.push(id);
      }
      return missing;
    },
    end,
    /** Looked at last: whichever of the two comes second sees the other. */
    endIfOver: async () => {
      if ((await disputed(accounts, site, complaint)).over) await end();
    },
  };
};

/**
 * In: a complaint about fees is registered, any other judged valid; it is found not valid or closed; or an account is opened
 * of a unit whose complaint waits for one. Out: while it is open, dunning of the unit's account waits for one about fees, and of
 * any other the letters of all the unit's accounts ask a person first. What is not our duty isn't valid, so that any other is
 * about the service. A concealed one does neither to a unit's accounts, which would say who complained: where dunning is to wait
 * for one about fees, whoever knows who it was asks for a hold as for any other reason.
 * The end is remembered, whichever is heard first.
 */
export const onComplaint = consumerFor<ComplaintDeps>()({
  name: 'billing-on-complaint',
  events: [complaintRegistered, complaintAssigned, complaintFoundNotValid, complaintClosed, accountOpened],
  having: {
    'complaint.registered': 'unit',
    'complaint.assigned': 'unit',
    'complaint.found-not-valid': 'unit',
    'complaint.closed': 'unit',
  },
  async handle(event, deps) {
    const { accounts, directory } = deps;
    const { site, aggregate } = event;
    if (event.name === 'account.opened') {
      for (const complaint of await awaited(accounts, site, event.data.unit)) {
        const on = await about(this.name, event, complaint, deps);
        await on.asks([aggregate], `#${complaint}`);
        await on.endIfOver();
      }
      return;
    }
    const on = await about(this.name, event, aggregate, deps);
    if (event.name === 'complaint.registered') {
      const { kind, unit, party } = event.data;
      if (kind !== 'fees' || unit === undefined || isConcealed(event.data)) return;
      const known = await unitById(directory, site, unit);
      const payer = payerOn(known?.payers ?? [], on.today);
      // Whoever complains about the unit's fee, its payer is who would be dunned; a payer of before has an account of their own.
      const own = party !== undefined && (await accounts.head(site, accountId(unit, party))).state ? party : payer;
      if (own === undefined) return;
      await on.holds(accountId(unit, own));
      return on.endIfOver();
    }
    if (event.name === 'complaint.assigned') {
      const { kind, unit } = event.data;
      if (kind === 'fees' || unit === undefined || isConcealed(event.data)) return;
      const known = await unitById(directory, site, unit);
      const payers = (known?.payers ?? []).flatMap(({ party }) =>
        party === undefined ? [] : [accountId(unit, party)],
      );
      // The list follows a moment later than accounts do.
      const missing = await on.asks(new Set([...payers, ...(await accountsOfUnit(accounts, site, unit))]));
      if (missing.length > 0) {
        await awaitAccounts(accounts, site, unit, aggregate);
        // One that was opened meanwhile didn't find it.
        await on.asks(missing, '#again');
      }
      return on.endIfOver();
    }
    await endDispute(accounts, site, aggregate);
    await on.end();
  },
});
