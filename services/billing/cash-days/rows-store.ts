import { inParallel } from '../../../shared/aws/many.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { byStatement } from '../accounts/contract.ts';
import { knownByHash } from '../payments/contract-store.ts';
import { dayOfMoney } from '../receipts/contract.ts';
import { type Books, type CashEntry, cashPages, notReversed, receiptsOf } from '../receipts/contract-store.ts';
import { isMoney, isOpen, type Remittance } from '../statements/contract.ts';
import { dayOfLine, linePages, linesOf, type Remittances } from '../statements/contract-store.ts';
import { type CashRow, type DayFigures, tally } from './figures.ts';

export interface RowDeps {
  books: Books;
  remittances: Remittances;
}
/** A row with where to go on after it. */
export type Placed = CashRow & { place: string };
interface RowsQuery {
  site: string;
  day: Day;
  after?: string | undefined;
}

/** Rows read together. */
const PAGE = 100;
/** Questions at once. */
const WIDTH = 8;

/** Which line each receipt's payment is: of that day, of another, of none. */
const statusesOf = async ({ books, remittances }: RowDeps, { site, day }: RowsQuery, entries: readonly CashEntry[]) => {
  const payments = entries.flatMap(({ kind, method, payment }) =>
    (kind === 'taken' || kind === 'paid') && byStatement(method) && payment !== undefined ? [payment] : [],
  );
  const lines = await linesOf(remittances, site, payments);
  const without = payments.filter((payment) => !lines.has(payment));
  const receipts = new Map((await receiptsOf(books, site, without)).map((receipt) => [receipt.payment, receipt]));
  return (payment: string, taken: Instant) => {
    const found = lines.get(payment);
    if (found) {
      const { line, at } = found;
      // Whichever was later: what was entered, or the line that was claimed as it.
      return {
        as: dayOfLine(line) === day ? ('matched' as const) : ('other-day' as const),
        line,
        at: Math.max(at, taken),
      };
    }
    const { reversedOn, reversedAt = taken } = receipts.get(payment) ?? {};
    return reversedOn === undefined ? { as: 'no-line' as const } : { as: 'void' as const, at: reversedAt };
  };
};

/** What receipts did on a day, a page at a time; of a channel with statements how each stands to them. */
export async function* receiptRows(
  deps: RowDeps,
  asked: RowsQuery,
  wrote: (serial: string) => void = () => {},
): AsyncGenerator<Placed[]> {
  for await (const entries of cashPages(deps.books, { ...asked, limit: PAGE })) {
    for (const { kind, of } of entries) if (kind === 'taken') wrote(of);
    const counted = entries.filter(({ paidOn }) => paidOn === undefined);
    const statusOf = await statusesOf(deps, asked, counted);
    yield counted.map(({ sk: place, kind, of, payment, method, fen, at }) => ({
      place,
      kind,
      of,
      method,
      fen,
      at,
      ...(payment === undefined ? {} : { payment }),
      ...((kind === 'taken' || kind === 'paid') && byStatement(method) && payment !== undefined
        ? statusOf(payment, at)
        : {}),
    }));
  }
}

interface Line {
  id: string;
  state: Remittance;
}
/** How a line stands to the receipts. */
const lineStatusesOf = async ({ books }: RowDeps, { site, day }: RowsQuery, lines: readonly Line[]) => {
  const states = lines.map(({ state }) => state);
  const claimed = states.flatMap(({ status, payment }) => (status === 'claimed' && payment ? [payment] : []));
  const receipts = new Map((await receiptsOf(books, site, claimed)).map((receipt) => [receipt.payment, receipt]));
  const asking = states.flatMap((state) => (isOpen(state) && state.reference ? [state.reference] : []));
  const known = new Map(
    await inParallel(
      [...new Set(asking)],
      WIDTH,
      async (hash) => [hash, await notReversed(books, site, await knownByHash(books, site, hash))] as const,
    ),
  );
  return ({
    id,
    state: { status, payment, fen, reference = '', part = id },
  }: Line): Pick<CashRow, 'as' | 'payment'> => {
    if (status === 'set-aside') return { as: 'set-aside' };
    if (status === 'claimed' && payment !== undefined) {
      const receipt = receipts.get(payment);
      if (!receipt) return { as: 'being-booked', payment };
      if (receipt.reversedOn !== undefined) return { as: 'unclaimed' };
      return { as: dayOfMoney(receipt) === day ? 'matched' : 'other-day', payment };
    }
    // Not what it was before it was reversed, nor its other parts.
    const typed = known.get(reference)?.find((one) => !one.payment.startsWith(derivedId('payment', part)));
    if (!typed) return { as: 'unclaimed' };
    return { as: typed.fen === fen ? 'unclaimed' : 'other-sum', payment: typed.payment };
  };
};

/** To be claimed first, then what is done with; the place of a line says which. */
const SIDES = [
  ['u', false],
  ['f', true],
] as const;
export const LINE_PLACE = /^[uf]rem_\d{8}-[0-9a-z-]+$/;

/** The lines of the statements that say money came on a day, a page at a time, each with how it stands to our receipts. */
export async function* lineRows(deps: RowDeps, asked: RowsQuery): AsyncGenerator<Placed[]> {
  const { after } = asked;
  for (const [mark, finished] of SIDES) {
    if (after?.startsWith('f') && !finished) continue;
    const from = after?.startsWith(mark) ? after.slice(1) : undefined;
    for await (const page of linePages(deps.remittances, { ...asked, finished, limit: PAGE, after: from })) {
      const lines = page.filter(({ state }) => isMoney(state));
      const statusOf = await lineStatusesOf(deps, asked, lines);
      yield lines.map(({ id, state }) => ({
        place: `${mark}${id}`,
        kind: 'line',
        of: id,
        method: state.channel,
        fen: state.fen,
        at: state.at,
        ...statusOf({ id, state }),
      }));
    }
  }
}

/** All of a day added up, row by row: nothing but sums is held. */
export const figuresOfDay = async (
  deps: RowDeps,
  site: string,
  day: Day,
  saw: (row: CashRow) => void = () => {},
): Promise<DayFigures> => {
  const { add, wrote, done } = tally();
  for await (const rows of receiptRows(deps, { site, day }, wrote)) for (const row of rows) add(row);
  for await (const rows of lineRows(deps, { site, day })) {
    for (const row of rows) {
      add(row);
      saw(row);
    }
  }
  return done();
};
