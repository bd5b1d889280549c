import * as z from 'zod';
import { day } from '../../../shared/domain/events.ts';
import { actionsOut } from '../../../shared/http/actions-out.ts';
import { instantOut, owedOut, owedView } from '../../../shared/http/schemas.ts';
import { historyOf } from '../../../shared/http/sheet-out.ts';
import { iso } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import { METHODS } from '../accounts/contract.ts';
import { type CashDay, STATUSES } from './cash-day.ts';
import { cashDayEvents, channelFigures, sum } from './events.ts';
import { changesOf, type DayFigures, inTill, unclaimedOf } from './figures.ts';
import type { Placed } from './rows-store.ts';
import { ROW_STATUSES } from './terms.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
const count = z.number().int();
const serial = z.string().meta({ description: 'The year and a number without gaps', example: '2026-000345' });
const seal = z.string().meta({ description: 'What the day comes to, to the last receipt and line; signed with it' });

const signature = { by: z.string(), at: instantOut };
const signedOut = z.object({
  ...signature,
  seal,
  methods: z.array(channelFigures),
  countedFen: fen,
  differenceFen: fen.meta({ description: 'Counted, less what should have been in the till' }),
  unclaimed: sum.meta({ description: 'Lines that nobody had claimed when it was signed (待认领)' }),
  explanations: z.array(
    z.object({ method: z.enum(METHODS), words: z.string().optional().meta({ description: 'Absent once erased' }) }),
  ),
  second: z.object(signature).optional().meta({ description: 'The second signature, by another person' }),
});

const dayParts = {
  day,
  status: z.enum(STATUSES).meta({ description: '`closed` has one signature, `final` both; of `reopened` none stands' }),
  owed: z.array(owedOut),
};
export const cashDayHeadOut = z
  .object({
    ...dayParts,
    closed: z.object(signature).optional(),
    second: z.object(signature).optional(),
    changed: z.boolean().meta({ description: 'Known to be another than was signed' }),
  })
  .meta({ id: 'CashDayHead' });

const cashDayOut = z
  .object({
    ...dayParts,
    seal,
    methods: z.array(channelFigures).meta({
      description: 'As it is now. Cash and deductions by the day they were taken, others by the day of the money',
    }),
    takenFen: fen,
    reversedFen: fen,
    refundedFen: fen,
    tillFen: fen.meta({ description: 'Cash that should lie in the till of that day' }),
    unclaimed: sum.meta({ description: 'Lines that nobody has claimed (待认领)' }),
    receipts: count.meta({ description: 'Written that day, whichever day their channel counts them on' }),
    first: serial.optional(),
    last: serial.optional(),
    signed: signedOut.optional().meta({ description: 'As it was signed last' }),
    asked: z.object(signature).optional().meta({ description: 'Who asks that it be opened again' }),
    changed: z.boolean().meta({ description: 'It is another than was signed' }),
    changes: z
      .array(z.object({ method: z.enum(METHODS), figure: z.string(), was: sum, is: sum }))
      .meta({ description: 'Figures that are others than were signed' }),
  })
  .meta({ id: 'CashDay' });
export const cashDaySheetOut = cashDayOut.extend({ actions: actionsOut }).meta({ id: 'CashDaySheet' });

export const cashDayHistoryOut = z
  .object({ history: historyOf(cashDayEvents), more: z.boolean() })
  .meta({ id: 'CashDayHistory' });

export const cashRowOut = z
  .object({
    kind: z.enum(['taken', 'paid', 'reversed', 'refunded', 'line']).meta({
      description: '`paid` was taken down on another day than its channel counts it on',
    }),
    of: z.string().meta({ description: "A receipt's serial, a refund's or a line's id" }),
    method: z.enum(METHODS),
    fen,
    as: z.enum(ROW_STATUSES).optional().meta({ description: 'How it stands to the other side' }),
    payment: z.string().optional(),
    line: z.string().optional(),
    at: instantOut,
    since: z.boolean().meta({ description: 'It became so after the day was signed' }),
  })
  .meta({ id: 'CashRow' });

const sign = ({ by, at }: { by: string; at: number }) => ({ by, at: iso(at) });

export const headView = (
  { day, status, signed, changed, owed }: CashDay,
  now: number,
): z.input<typeof cashDayHeadOut> => ({
  day,
  status,
  ...(signed ? { closed: sign(signed) } : {}),
  ...(signed?.second ? { second: sign(signed.second) } : {}),
  changed: changed ?? false,
  owed: owedView(owed, now),
});

export const rowView = (
  { place: _, at, ...row }: Placed,
  signedAt: number | undefined,
): z.input<typeof cashRowOut> => ({
  ...row,
  at: iso(at),
  since: signedAt !== undefined && at > signedAt,
});

/** @param texts what was said of the channels, by reference */
export const cashDayView = (
  on: string,
  state: CashDay | undefined,
  { methods, seal: now, ...figures }: DayFigures,
  texts: ReadonlyMap<string, string>,
  at: number,
): z.input<typeof cashDayOut> => {
  const signed = state?.signed;
  return {
    day: on,
    status: state?.status ?? 'open',
    seal: now,
    methods,
    takenFen: sumFen(methods.map(({ fen }) => fen)),
    reversedFen: sumFen(methods.map(({ reversed }) => reversed.fen)),
    refundedFen: sumFen(methods.map(({ refunded }) => refunded.fen)),
    tillFen: inTill(methods),
    unclaimed: unclaimedOf(methods),
    ...figures,
    ...(signed
      ? {
          signed: {
            ...sign(signed),
            seal: signed.seal,
            methods: signed.methods,
            countedFen: signed.countedFen,
            differenceFen: signed.countedFen - inTill(signed.methods),
            unclaimed: unclaimedOf(signed.methods),
            explanations: signed.explanations.map(({ method, words }) => ({ method, words: texts.get(words.ref) })),
            ...(signed.second ? { second: sign(signed.second) } : {}),
          },
        }
      : {}),
    ...(state?.asked ? { asked: sign(state.asked) } : {}),
    changed: signed !== undefined && signed.seal !== now,
    changes: signed && signed.seal !== now ? changesOf(signed.methods, methods) : [],
    owed: owedView(state?.owed ?? [], at),
  };
};
