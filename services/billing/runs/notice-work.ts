import { idsOf, type PayerCard, payersOf } from '../../../shared/directory/payer.ts';
import type { Directory } from '../../../shared/directory/units.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { Clock, Instant } from '../../../shared/time/clock.ts';
import type { LetterRequest } from '../letters/contract.ts';
import { inBillOrder, RUN_ACTOR, type RunBills } from './bills.ts';
import { noticed } from './decide.ts';
import type { Run } from './run.ts';
import { billsOfParties, billsPage, type Runs } from './store.ts';

/**
 * Opens the letters that are wanted, each once, however often it is asked.
 * @param at when that was decided
 * @param cards the payers', where they were read for it
 */
export type Notify = (
  site: string,
  at: Instant,
  wanted: readonly LetterRequest[],
  cards?: ReadonlyMap<string, PayerCard>,
) => Promise<unknown>;

export interface NoticeDeps extends Runs {
  directory: Directory;
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

const told = (one: RunBills): LetterRequest['accounts'][number] => {
  const { account, unit, offsets } = one;
  return { account, unit, bills: freshOf(one), ...(offsets.length > 0 ? { offsets } : {}) };
};

/**
 * One notice a payer, over all accounts of theirs that have bills of this round. Where several parties are one payer by
 * now, the first of them to be come to brings the bills of all; those that come after add nothing, and aren't counted.
 */
const noticesOf = async (
  deps: NoticeDeps,
  { site, run, round }: { site: string; run: string; round: number },
  bills: readonly RunBills[],
) => {
  const isTold = (one: RunBills) => one.round === round && freshOf(one).length > 0;
  const some = bills.filter(isTold);
  const here = new Set(some.map(({ party }) => party));
  const cards = await payersOf(deps.directory, site, [...here]);
  const payer = new Map([...cards.values()].flatMap((card) => idsOf(card).map((id) => [id, card.party] as const)));
  const others = [...payer.keys()].filter((id) => !here.has(id));
  const elsewhere = (await billsOfParties(deps, site, run, others)).filter(isTold);
  const each = [...Map.groupBy([...some, ...elsewhere], ({ party }) => payer.get(party) ?? party)];
  const wanted = each.map(
    ([party, accounts]): LetterRequest => ({
      kind: 'fee-notice',
      part: 'email',
      party,
      run,
      accounts: accounts.map(told),
    }),
  );
  const first = (accounts: readonly RunBills[]) => accounts.map(({ party }) => party).sort(inBillOrder)[0] ?? '';
  return { wanted, cards, notices: each.filter(([, accounts]) => here.has(first(accounts))).length };
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
    const { wanted, cards, notices } = await noticesOf(deps, { site, run, round }, bills);
    await deps.notify(site, chargedAt, wanted, cards);
    await execute(deps.runs, {
      site,
      id: run,
      now: deps.clock(),
      by: RUN_ACTOR.staff,
      decide: (now) => noticed(now, { round, from, after, notices, last }),
    });
    if (last) return false;
  }
  return true;
};
