import type * as z from 'zod';
import { inParallel } from '../../../shared/aws/many.ts';
import type { Recorded } from '../../../shared/domain/events.ts';
import { iso } from '../../../shared/time/clock.ts';
import type { Month } from '../../../shared/time/month.ts';
import type { AccountEvent } from '../../billing/events.ts';
import type { PostingDeps } from './count.ts';
import { yearOf } from './money.ts';
import { type PostedLine, placedLines } from './post.ts';
import type { collectedOut } from './view.ts';

/** Accounts in one page: each one's journal is read. */
export const ACCOUNTS = 50;
/** Journals read side by side, and pages of accounts looked through for one page of an answer. */
const WIDTH = 8;
const ROUNDS = 3;

/** Which lines: for the month; for earlier years, entered by its end; or entered in it. */
export const LINES_OF = ['period', 'earlier', 'entered'] as const;
const IS: Record<(typeof LINES_OF)[number], (line: PostedLine, asked: Month) => boolean> = {
  period: ({ period }, asked) => period === asked,
  earlier: ({ period, month }, asked) => period !== undefined && yearOf(period) < yearOf(asked) && month <= asked,
  entered: ({ month }, asked) => month === asked,
};

export interface AccountsQuery {
  building: string;
  item?: string | undefined;
  month: Month;
  of: (typeof LINES_OF)[number];
  /** Only accounts of which something is open. */
  open: boolean;
  limit: number;
  after?: string | undefined;
}

/** An account's lines that a figure is made of; `undefined` where it has none. */
const accountOf = (
  account: string,
  events: readonly Recorded<AccountEvent>[],
  { item, month, of, open }: AccountsQuery,
  zone: string,
): z.input<typeof collectedOut> | undefined => {
  const opened = events.find((event) => event.name === 'account.opened')?.data;
  const lines = placedLines(events, zone)
    .filter((line) => IS[of](line, month))
    .filter((line) => item === undefined || line.item === item)
    .map(({ entry }) => entry);
  const openFen = lines.reduce((sum, { part, owedFen }) => (part === 'late' ? sum : sum + owedFen), 0);
  if (!opened || lines.length === 0 || (open && openFen <= 0)) return undefined;
  return {
    account,
    unit: opened.unit,
    party: opened.party,
    openFen,
    lines: lines.map(({ id, at, kind, reversal, bill, part, owedFen, creditFen }) => ({
      id,
      at: iso(at),
      kind,
      reversal,
      bill,
      part,
      owedFen,
      creditFen,
    })),
  };
};

/**
 * A building's accounts, one page of those of which there is something to say, as their journals have it. A page may be
 * short and still have a next.
 */
export const walkAccounts = async <T>(
  { collection, ledgers }: PostingDeps,
  site: string,
  wanted: { building: string; limit: number; after?: string | undefined },
  of: (account: string, events: readonly Recorded<AccountEvent>[]) => T | undefined,
): Promise<{ items: T[]; next?: string }> => {
  const items: T[] = [];
  let { after } = wanted;
  for (let round = 0; round < ROUNDS; round++) {
    const page = await collection.accounts(site, wanted.building, wanted.limit, after);
    const found = await inParallel(page.accounts, WIDTH, async (account) => of(account, await ledgers(site, account)));
    for (const [i, one] of found.entries()) {
      if (one !== undefined) items.push(one);
      after = page.accounts[i];
      if (items.length === wanted.limit && (i < found.length - 1 || page.more)) return { items, next: after as string };
    }
    if (!page.more) return { items };
  }
  return after === undefined ? { items } : { items, next: after };
};

/** The accounts that a building's figure opens into, each with its lines. */
export const accountsBehind = (deps: PostingDeps, site: string, wanted: AccountsQuery, zone: string) =>
  walkAccounts(deps, site, wanted, (account, events) => accountOf(account, events, wanted, zone));
