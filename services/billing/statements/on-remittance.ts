import { payerIds } from '../../../shared/directory/payer.ts';
import type { Directory } from '../../../shared/directory/units.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { consumerFor } from '../../../shared/lambda/bus.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { moneyDecided, moneyProposed, type NewEvents, type Situation } from '../accounts/contract.ts';
import { type Accounts, accountsOfPayer, proposedKey, proposedTo } from '../accounts/contract-store.ts';
import { dayOfMoney } from '../receipts/contract.ts';
import { type Books, receiptByPayment } from '../receipts/contract-store.ts';
import {
  remittanceClaimed,
  remittanceJoined,
  remittanceReopened,
  remittanceSetAside,
  remittanceSplit,
  remittanceTold,
} from './events.ts';
import { isMoney, isOpen, probable } from './remittance.ts';
import type { Remittances } from './store.ts';

export interface RemittanceDeps {
  remittances: Remittances;
  books: Books;
  policies: Policies;
  /** Money moved on a day, as a line of the day's statements says: closing the day is owed. */
  moved(of: { site: string; day: Day; now: Instant; by: string; line: string | undefined }): Promise<void>;
  accounts: Accounts;
  directory: Directory;
}

/**
 * In: money came, was claimed, or set aside. Out: its day is to be closed; while nobody has claimed it, letters to those whose
 * it probably is ask a person first. How it stands decides, whichever event is heard; it is looked at again after the
 * accounts were told, so that a claim in between is seen by one of the two.
 */
export const onRemittance = consumerFor<RemittanceDeps>()({
  name: 'billing-on-remittance',
  events: [
    remittanceTold,
    remittanceClaimed,
    remittanceSetAside,
    remittanceSplit,
    remittanceJoined,
    remittanceReopened,
  ],
  async handle({ site, aggregate: remittance, at: now, by }, deps) {
    const { remittances, accounts, policies, directory, books } = deps;
    const stands = async () => {
      const { state } = await remittances.head(site, remittance);
      if (!state) throw new Error(`${remittance} has no state`);
      return state;
    };
    const state = await stands();
    // A payment that was entered before may be of another day than its line.
    const receipt = state.payment === undefined ? undefined : await receiptByPayment(books, site, state.payment);
    for (const day of new Set([state.paidOn, ...(receipt ? [dayOfMoney(receipt)] : [])])) {
      const line = day === state.paidOn && isMoney(state) ? remittance : undefined;
      await deps.moved({ site, day, now, by, line });
    }
    const proposed = probable(state);
    if (proposed.length === 0) return;
    const context = await contextAt(policies, site, now);
    const tell = async (ids: Iterable<string>, decide: (on: Situation, remittance: string) => NewEvents) => {
      for (const id of ids) {
        await execute(accounts, {
          site,
          id,
          now,
          by,
          decide: (account) => {
            const actor = { staff: by, roles: [], departments: [] };
            const events = decide({ state: account, actor, now, context }, remittance);
            return events instanceof Refusal ? [] : events;
          },
          publish: ({ state }) => {
            const key = proposedKey(site, remittance, id);
            return state?.unclaimed?.includes(remittance) ? { put: [key], remove: [] } : { put: [], remove: [key] };
          },
        });
      }
    };
    // Those that were told: whose a payer's accounts are may have changed since, by a merge or its inverse.
    const decided = async () => tell(await proposedTo(accounts, site, remittance), moneyDecided);
    if (!isOpen(state)) return decided();
    const ids = new Set<string>();
    for (const { account, party } of proposed) {
      for (const id of account === undefined
        ? await accountsOfPayer(accounts, site, await payerIds(directory, site, party))
        : [account])
        ids.add(id);
    }
    await tell(ids, moneyProposed);
    if (!isOpen(await stands())) await decided();
  },
});
