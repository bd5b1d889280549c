import type { NewEvent } from '../../../shared/domain/events.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { hash } from '../../../shared/journal/layout.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { type Account, type Allocation, type BillFacts, charge } from '../accounts/contract.ts';
import type { AccountEvent } from '../accounts/events.ts';

/** What a run is to enter on an account. */
export interface AccountEntry {
  account: string;
  unit: string;
  party: string;
  building: string;
  bills: BillFacts[];
}

/** The bills of a run on one account, as they lie beside its ledger: for listing, and for the notices. */
export interface RunBills extends AccountEntry {
  /** What was paid of them at once from the prepaid balance, in the latest round. */
  offsets: Allocation[];
  /** The round in which the latest of them were entered, and how many those are: the payer is told of those. */
  round: number;
  fresh: number;
}

/**
 * A run's bills lie in so many partitions, by payer. One takes 1,000 write units a second, and an item in a transaction is
 * two, which would hold all workers together to 500 accounts a second; four take 2,000, and the accounts' list index 1,000.
 */
export const BILL_PARTITIONS = 4;
export const billPartition = (party: string): number => hash(party) % BILL_PARTITIONS;
export const billPartitionKey = (site: string, run: string, partition: number): string =>
  `${site}#bills#${run}#${partition}`;

/** In which order a run comes to parties. */
export const inBillOrder = (a: string, b: string): number =>
  billPartition(a) - billPartition(b) || (a < b ? -1 : Number(a > b));

/** A party's accounts lie together. */
export const billsKey = (site: string, run: string, { party, account }: Pick<AccountEntry, 'party' | 'account'>) => ({
  pk: billPartitionKey(site, run, billPartition(party)),
  sk: `${party}#${account}`,
});

export const RUN_ACTOR = { staff: 'system:run', roles: [], departments: [] };

/** What the charge of an account comes to: nothing to record where everything was entered before. */
export interface Charged {
  events: NewEvent<AccountEvent>[];
  bills: RunBills | undefined;
  /** Bills that the account has from elsewhere: this run doesn't make them. */
  elsewhere: string[];
}

const isCharged = (event: NewEvent<AccountEvent>): event is NewEvent<AccountEvent> & { name: 'account.charged' } =>
  event.name === 'account.charged';

/**
 * Enters a run's bills on an account, each once (pure). It needs no idempotency key: the head remembers the bills it has
 * had, and its version lets one writer through. What the run has entered before counts as it was entered then.
 * @param known what lies beside the ledger of this run
 */
export const chargeEntry = (
  entry: AccountEntry,
  { state, known }: { state: Account | undefined; known: RunBills | undefined },
  { run, round, now, context }: { run: string; round: number; now: Instant; context: PolicyContext },
): Charged => {
  const wanted = entry.bills.filter(({ bill }) => !known?.bills.some((one) => one.bill === bill));
  const { account: _, ...whose } = entry;
  const events = charge({ state, actor: RUN_ACTOR, now, context }, { ...whose, run, bills: wanted });
  if (events instanceof Refusal) throw events;
  const { bills: fresh, offsets } = events.find(isCharged)?.data ?? { bills: [], offsets: [] };
  const elsewhere = wanted.map(({ bill }) => bill).filter((bill) => !fresh.some((one) => one.bill === bill));
  if (fresh.length === 0) return { events, bills: known, elsewhere };
  const sameRound = known?.round === round;
  return {
    events,
    elsewhere,
    bills: {
      ...entry,
      bills: [...(known?.bills ?? []), ...fresh],
      offsets: [...(sameRound ? known.offsets : []), ...offsets],
      round,
      fresh: (sameRound ? known.fresh : 0) + fresh.length,
    },
  };
};
