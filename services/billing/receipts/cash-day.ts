import { METHODS, type Method } from '../accounts/terms.ts';
import { bySerial, type CashKind } from './book.ts';
import type { CashEntry } from './store.ts';

export interface MethodSum {
  method: Method;
  count: number;
  fen: number;
  reversed: { count: number; fen: number };
  refunded: { count: number; fen: number };
}
export interface CashDay {
  methods: MethodSum[];
  takenFen: number;
  reversedFen: number;
  refundedFen: number;
  receipts: number;
  /** The day's receipts by serial; absent when nothing was taken. */
  first?: string;
  last?: string;
}

/** What a cashier closes a day by (pure): what was taken by method, what was reversed that day, of whatever day, and what
 * was given back. */
export const cashDayOf = (entries: readonly CashEntry[]): CashDay => {
  const sum = (some: readonly CashEntry[]) => ({
    count: some.length,
    fen: some.reduce((total, { fen }) => total + fen, 0),
  });
  const by = (kind: CashKind) => entries.filter((entry) => entry.kind === kind);
  const [taken, reversed, refunded] = [by('taken'), by('reversed'), by('refunded')];
  const serials = taken.map(({ of }) => of).sort(bySerial);
  const [first] = serials;
  const last = serials.at(-1);
  return {
    methods: METHODS.map((method) => ({
      method,
      ...sum(taken.filter((entry) => entry.method === method)),
      reversed: sum(reversed.filter((entry) => entry.method === method)),
      refunded: sum(refunded.filter((entry) => entry.method === method)),
    })),
    takenFen: sum(taken).fen,
    reversedFen: sum(reversed).fen,
    refundedFen: sum(refunded).fen,
    receipts: taken.length,
    ...(first === undefined || last === undefined ? {} : { first, last }),
  };
};
