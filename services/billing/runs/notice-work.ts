import type { Clock, Instant } from '../../../shared/clock.ts';
import { evolve } from '../../../shared/journal/execute.ts';
import type { Wanted } from '../letters/join.ts';
import { RUN_ACTOR, type RunBills } from './bills.ts';
import { noticed } from './decide.ts';
import type { Run } from './run.ts';
import { billsPage, type Runs } from './store.ts';

/** Opens the letters that are wanted, each once, however often it is asked. @param at when that was decided */
export type Notify = (site: string, at: Instant, wanted: readonly Wanted[]) => Promise<unknown>;

export interface NoticeDeps extends Runs {
  notify: Notify;
  clock: Clock;
}

/** Accounts read at once. */
const PAGE = 100;
/** Pages a worker goes through before it hands on. */
const PAGES = 10;

/** What a payer is told of: the bills that the latest round entered, but for those a correction has left nothing of. */
const freshOf = ({ bills, fresh }: RunBills) =>
  bills.slice(-fresh).filter(({ fen, discountFen = 0 }) => fen + discountFen > 0);

const told = (one: RunBills): Wanted['accounts'][number] => {
  const { account, unit, offsets } = one;
  return { account, unit, bills: freshOf(one), ...(offsets.length > 0 ? { offsets } : {}) };
};

/** One notice a payer, over all accounts of theirs that have bills of this round. */
const noticesOf = (run: string, round: number, bills: readonly RunBills[]): Wanted[] => {
  const some = bills.filter((one) => one.round === round && freshOf(one).length > 0);
  return [...Map.groupBy(some, ({ party }) => party)].map(([party, accounts]) => ({
    kind: 'fee-notice',
    part: 'email',
    party,
    run,
    accounts: accounts.map(told),
  }));
};

/**
 * The next payers' bills: whole payers only. A payer with more accounts than a page holds is read to the end.
 * @returns where it ends, and whether anything comes after
 */
const nextPayers = async (
  deps: NoticeDeps,
  site: string,
  run: string,
  from: string | undefined,
): Promise<{ bills: RunBills[]; after: string | undefined; last: boolean }> => {
  const bills: RunBills[] = [];
  let after = from;
  for (;;) {
    const page = await billsPage(deps, site, run, { limit: PAGE, after });
    bills.push(...page.items);
    if (page.next === undefined) return { bills, after: keyOf(bills.at(-1)), last: true };
    const whole = bills.filter(({ party }) => party !== bills.at(-1)?.party);
    if (whole.length > 0) return { bills: whole, after: keyOf(whole.at(-1)), last: false };
    after = page.next;
  }
};

const keyOf = (bills: RunBills | undefined) => bills && `${bills.party}#${bills.account}`;

/**
 * Goes on with the notices of a run in which everything is charged. Letters first, then how far it has come: a crash in
 * between asks for the same letters again, which are there.
 * @returns whether it is to be called again
 */
export const workOnNotices = async (deps: NoticeDeps, site: string, run: string): Promise<boolean> => {
  for (let page = 0; page < PAGES; page++) {
    const { state } = await deps.runs.head(site, run);
    if (state?.status !== 'noticing') return false;
    const { noticed: from, round, chargedAt = deps.clock() }: Run = state;
    const { bills, after, last } = await nextPayers(deps, site, run, from);
    const wanted = noticesOf(run, round, bills);
    await deps.notify(site, chargedAt, wanted);
    await evolve(deps.runs, {
      site,
      id: run,
      now: deps.clock(),
      by: RUN_ACTOR.staff,
      decide: (now) => noticed(now, { round, from, after, notices: wanted.length, last }),
    });
    if (last) return false;
  }
  return true;
};
