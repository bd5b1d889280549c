import { METHODS, type Method } from '../accounts/terms.ts';
import type { CashEntry } from './store.ts';

export interface MethodSum {
  method: Method;
  count: number;
  fen: number;
  reversed: { count: number; fen: number };
}
export interface CashDay {
  methods: MethodSum[];
  takenFen: number;
  reversedFen: number;
  receipts: number;
  /** The day's receipts by serial; absent when nothing was taken. */
  first?: string;
  last?: string;
}

/** What a cashier closes a day by (pure): what was taken by method, and what was reversed that day, of whatever day. */
export const cashDayOf = (entries: readonly CashEntry[]): CashDay => {
  const sum = (some: readonly CashEntry[]) => ({
    count: some.length,
    fen: some.reduce((total, { fen }) => total + fen, 0),
  });
  const taken = entries.filter(({ reversed }) => !reversed);
  const reversed = entries.filter((entry) => entry.reversed);
  const serials = taken.map(({ serial }) => serial).sort();
  const [first] = serials;
  const last = serials.at(-1);
  return {
    methods: METHODS.map((method) => ({
      method,
      ...sum(taken.filter((entry) => entry.method === method)),
      reversed: sum(reversed.filter((entry) => entry.method === method)),
    })),
    takenFen: sum(taken).fen,
    reversedFen: sum(reversed).fen,
    receipts: taken.length,
    ...(first === undefined || last === undefined ? {} : { first, last }),
  };
};
