import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { byStatement, METHODS, type PaymentMethod } from '../accounts/contract.ts';
import { bySerial, type CashKind } from '../receipts/contract.ts';
import type { channelFigures } from './events.ts';
import { ROW_STATUSES, type RowStatus, wantsWords } from './terms.ts';

/** One thing that a cash day is made of: what a receipt did, or a line of a statement. */
export interface CashRow {
  kind: CashKind | 'line';
  /** A receipt's serial, a refund's or a line's id. */
  of: string;
  method: PaymentMethod;
  fen: number;
  /** How it stands to the other side; absent where nobody else keeps a statement. */
  as?: RowStatus | undefined;
  payment?: string | undefined;
  line?: string | undefined;
  /** When it became so. */
  at: number;
}

export type ChannelFigures = z.output<typeof channelFigures>;
export interface DayFigures {
  methods: ChannelFigures[];
  /** What the day comes to, to the last row: the same while nothing has changed. */
  seal: string;
  /** Receipts written that day, by serial; first and last absent when there are none. */
  receipts: number;
  first?: string;
  last?: string;
}

const NONE = { count: 0, fen: 0 };
type Sum = typeof NONE;
const plus = (sum: Sum | undefined, fen: number): Sum => ({ count: (sum?.count ?? 0) + 1, fen: (sum?.fen ?? 0) + fen });

interface Channel {
  taken: Sum;
  reversed: Sum;
  refunded: Sum;
  told: Sum;
  receipts: Map<RowStatus, Sum>;
  lines: Map<RowStatus, Sum>;
}
const empty = (): Channel => ({
  taken: NONE,
  reversed: NONE,
  refunded: NONE,
  told: NONE,
  receipts: new Map(),
  lines: new Map(),
});

/**
 * Adds up a cash day row by row, holding sums alone, however many rows there are. Rows come in one order, that of their keys,
 * so that the same day has the same seal. What is entered under the number of a line that nobody has claimed is no part of it:
 * it is a row of its own day, and the line is as it was.
 */
export const tally = () => {
  const channels = new Map<PaymentMethod, Channel>(METHODS.map((method) => [method, empty()]));
  const hash = createHash('sha256');
  let receipts = 0;
  let first: string | undefined;
  let last: string | undefined;
  const add = ({ kind, of, method, fen, as, payment, line }: CashRow) => {
    const [stands, by] = as === 'unclaimed' || as === 'other-sum' ? ['unclaimed'] : [as, payment];
    hash.update(`${JSON.stringify([kind, of, method, fen, stands ?? '', by ?? '', line ?? ''])}\n`);
    const channel = channels.get(method) as Channel;
    if (kind === 'line') channel.told = plus(channel.told, fen);
    else if (kind === 'reversed' || kind === 'refunded') channel[kind] = plus(channel[kind], fen);
    else channel.taken = plus(channel.taken, fen);
    const side = kind === 'line' ? channel.lines : channel.receipts;
    if (as !== undefined) side.set(as, plus(side.get(as), fen));
  };
  /** A receipt written that day, whichever day its channel counts it on. */
  const wrote = (serial: string) => {
    receipts += 1;
    if (first === undefined || bySerial(serial, first) < 0) first = serial;
    if (last === undefined || bySerial(serial, last) > 0) last = serial;
  };
  const parts = (side: Map<RowStatus, Sum>) =>
    ROW_STATUSES.flatMap((as) => {
      const sum = side.get(as);
      return sum ? [{ as, ...sum }] : [];
    });
  const done = (): DayFigures => ({
    methods: [...channels].map(([method, { taken, reversed, refunded, told, ...side }]) => ({
      method,
      ...taken,
      reversed,
      refunded,
      ...(byStatement(method)
        ? { statement: { ...told, lines: parts(side.lines) }, receipts: parts(side.receipts) }
        : {}),
    })),
    seal: hash.digest('hex').slice(0, 32),
    receipts,
    ...(first === undefined || last === undefined ? {} : { first, last }),
  });
  return { add, wrote, done };
};

/** What should lie in the till (fen): what was taken in cash, less what was taken back and given back. */
export const inTill = (methods: readonly ChannelFigures[]): number => {
  const cash = methods.find(({ method }) => method === 'cash');
  return cash ? cash.fen - cash.reversed.fen - cash.refunded.fen : 0;
};

/** Channels whose difference somebody has to explain. @param countedFen the cash that was counted */
export const unexplained = (methods: readonly ChannelFigures[], countedFen: number): PaymentMethod[] =>
  methods
    .filter(({ method, receipts = [], statement }) =>
      method === 'cash'
        ? countedFen !== inTill(methods)
        : [...receipts, ...(statement?.lines ?? [])].some(({ as }) => wantsWords(as)),
    )
    .map(({ method }) => method);

/** Whether a line's receipt is just being written. */
export const isUnderWay = (methods: readonly ChannelFigures[]): boolean =>
  methods.some(({ statement }) => statement?.lines.some(({ as }) => as === 'being-booked'));

/** Lines of the day that nobody has claimed (待认领). */
export const unclaimedOf = (methods: readonly ChannelFigures[]): Sum =>
  methods
    .flatMap(({ statement }) => statement?.lines ?? [])
    .filter(({ as }) => as === 'unclaimed' || as === 'other-sum')
    .reduce((all, { count, fen }) => ({ count: all.count + count, fen: all.fen + fen }), NONE);

export interface CashDayChange {
  method: PaymentMethod;
  /** Which of the channel's figures. */
  figure: string;
  was: Sum;
  is: Sum;
}

const named = (channel: ChannelFigures | undefined): Map<string, Sum> =>
  new Map([
    ['taken', channel ?? NONE],
    ['reversed', channel?.reversed ?? NONE],
    ['refunded', channel?.refunded ?? NONE],
    ['statement', channel?.statement ?? NONE],
    ...(channel?.receipts ?? []).map((part) => [`receipts.${part.as}`, part] as const),
    ...(channel?.statement?.lines ?? []).map((part) => [`lines.${part.as}`, part] as const),
  ]);

/** Every figure that is another now than it was. */
export const changesOf = (was: readonly ChannelFigures[], is: readonly ChannelFigures[]): CashDayChange[] =>
  METHODS.flatMap((method) => {
    const [before, after] = [was, is].map((all) => named(all.find((one) => one.method === method))) as [
      Map<string, Sum>,
      Map<string, Sum>,
    ];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((figure) => {
      const [{ count, fen }, now] = [before.get(figure) ?? NONE, after.get(figure) ?? NONE];
      if (count === now.count && fen === now.fen) return [];
      return [{ method, figure, was: { count, fen }, is: { count: now.count, fen: now.fen } }];
    });
  });
