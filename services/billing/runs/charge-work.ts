import { inParallel, writeAll } from '../../../shared/aws/many.ts';
import type { TransactItem } from '../../../shared/aws/transact-item.ts';
import { someoneWasFirst, untilWritten } from '../../../shared/journal/again.ts';
import { append, type Current } from '../../../shared/journal/aggregate.ts';
import { packed } from '../../../shared/journal/batch.ts';
import { fallenFirst } from '../../../shared/journal/execute.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { type Account, accountType } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { type AccountEntry, billsKey, type Charged, chargeEntry, RUN_ACTOR, type RunBills } from './bills.ts';
import { billsOn, type Runs } from './store.ts';

/** Transactions at once. */
const WIDTH = 4;

export interface Charging {
  site: string;
  run: string;
  round: number;
  now: Instant;
  context: PolicyContext;
}
export interface ChargeDeps extends Runs {
  accounts: Accounts;
}

interface ChargeWrite extends Charged {
  entry: AccountEntry;
  items: TransactItem[];
}

const stepOf = (
  { accounts }: ChargeDeps,
  charging: Charging,
  entry: AccountEntry,
  current: Current<Account>,
  known: RunBills | undefined,
  partitions: number,
): ChargeWrite => {
  const { site, run, now } = charging;
  const charged = chargeEntry(entry, { state: current.state, known }, charging);
  if (charged.events.length === 0) return { ...charged, entry, items: [] };
  const { events, next } = append(accountType, current, charged.events, now, RUN_ACTOR.staff);
  const published = { put: [{ ...billsKey(site, run, entry), ...charged.bills }], remove: [] };
  const write = { next, from: current.version, events, personal: [], published };
  return { ...charged, entry, items: accounts.items(write, partitions) };
};

/** One account alone, decided anew as often as somebody else was faster. */
const chargeAlone = async (deps: ChargeDeps, charging: Charging, entry: AccountEntry): Promise<ChargeWrite> => {
  const { site, run } = charging;
  return untilWritten(async () => {
    const current = await fallenFirst(deps.accounts, await deps.accounts.head(site, entry.account), charging.now);
    const known = (await billsOn(deps.runs, site, run, [entry])).get(entry.account);
    const step = stepOf(deps, charging, entry, current, known, await deps.accounts.duePartitions());
    if (step.items.length > 0) await writeAll(deps.accounts.doc, step.items);
    return step;
  });
};

/**
 * Enters a page of bills, many accounts in a transaction. Run again, by the same worker or another, it enters nothing
 * twice: what stands in an account stays. Where an account of a transaction was touched in between, its accounts are
 * charged one by one.
 */
export const chargePage = async (
  deps: ChargeDeps,
  charging: Charging,
  entries: readonly AccountEntry[],
): Promise<Pick<ChargeWrite, 'entry' | 'bills' | 'elsewhere'>[]> => {
  const { site, run, round, now } = charging;
  const read = await deps.accounts.heads(
    site,
    entries.map(({ account }) => account),
  );
  const heads = await inParallel(read, WIDTH, (head) => fallenFirst(deps.accounts, head, now));
  // A head remembers the bills of some years; a later round may be about older ones.
  const doubtful = entries.filter(
    ({ bills }, i) => round > 1 || bills.some(({ bill }) => heads[i]?.state?.billed.includes(bill)),
  );
  const known = await billsOn(deps.runs, site, run, doubtful);
  const partitions = await deps.accounts.duePartitions();
  const steps = entries.map((entry, i) =>
    stepOf(deps, charging, entry, heads[i] as Current<Account>, known.get(entry.account), partitions),
  );
  const alone: ChargeWrite[] = [];
  await inParallel(
    packed(steps, ({ items }) => items),
    WIDTH,
    async (together) => {
      try {
        await writeAll(
          deps.accounts.doc,
          together.flatMap(({ items }) => items),
        );
      } catch (error) {
        if (!someoneWasFirst(error)) throw error;
        for (const { entry } of together) alone.push(await chargeAlone(deps, charging, entry));
      }
    },
  );
  const again = new Map(alone.map((step) => [step.entry.account, step]));
  return steps.map((step) => again.get(step.entry.account) ?? step);
};
