import * as z from 'zod';
import { day } from '../../../../shared/domain/events.ts';
import { instantOut, pageOf } from '../../../../shared/http/schemas.ts';
import { RUNGS } from '../../../billing/events.ts';
import { type Ageing, BUCKETS } from './ageing.ts';
import type { Funnel } from './funnel.ts';
import { DEBT_OUTCOMES } from './ladder.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
const n = z.number().int();

const openOut = z
  .object({
    fen: fen.meta({ description: 'Open principal (fen)' }),
    lateFen: fen.meta({ description: 'Late charges (违约金) open on the same bills, apart (fen)' }),
    bills: n.meta({ description: 'Bills of which principal is open' }),
    accounts: n.meta({ description: 'Accounts, each by the oldest due day it has open: together all of them, once' }),
  })
  .meta({ id: 'OpenArrears' });

const AGES =
  'By days past the due day, of the site’s own calendar; the due day itself can be paid on until 24:00, so `1-30` begins with the day after it. Together they are `open`';
export const ageingShape = {
  open: openOut.meta({
    description: 'All that is open; its principal is what the collection roll-forward closes with',
  }),
  overdue: openOut.meta({ description: 'Of that, what is past its due day' }),
  buckets: z
    .object(Object.fromEntries(BUCKETS.map((one) => [one, openOut])) as Record<keyof Ageing['buckets'], typeof openOut>)
    .meta({ description: AGES }),
};
const on = day.meta({ description: 'The day to which ages are counted: today, or the last day of the month' });
const asOf = instantOut.nullable().meta({
  description: 'How fresh they are: when the newest event counted was recorded; null before the first',
});
const month = z.string().optional().meta({ description: 'As it stood at the end of it; as it stands where absent' });
const next = z.string().optional().meta({ description: 'Absent on the last page' });
const key = z.string().meta({ description: 'The building or site' });

export const arrearsOut = z
  .object({
    month,
    by: z.string(),
    on: on.optional().meta({ description: 'Of one site; of several each has its own' }),
    asOf,
    total: z.object(ageingShape).meta({ id: 'Ageing' }),
    items: z
      .array(z.object({ key, on, ...ageingShape }))
      .meta({ description: 'Of each building or site; empty by `total`' }),
    next,
  })
  .meta({ id: 'Arrears' });

const tookOut = z
  .object({
    debts: n.meta({ description: 'Accounts, once for each due day' }),
    fen: fen.meta({ description: 'What was open of their principal when the rung was taken (fen)' }),
  })
  .meta({ id: 'DebtsOfRung' });
export const funnelShape = {
  rungs: z
    .array(
      z.object({
        rung: z.enum(RUNGS),
        reached: tookOut.meta({ description: 'It fell due for them: it acted, or a higher one took its place' }),
        settled: tookOut.meta({ description: 'Nothing of them is open, and no further rung was taken' }),
        settledLater: tookOut.meta({ description: 'Nothing of them is open; a further rung was taken before' }),
        held: tookOut.meta({ description: 'Open, and dunning is paused' }),
        open: tookOut.meta({ description: 'Open' }),
      }),
    )
    .meta({
      description:
        'In the order of the ladder; the four are `reached`. Paid, offset, waived and corrected are all settled',
    }),
  openFen: fen.meta({ description: 'What is open of the principal that fell due in the span, dunned or not (fen)' }),
} satisfies Record<keyof Funnel, z.ZodType>;

export const funnelOut = z
  .object({
    from: day.meta({ description: 'Due days: the cohort' }),
    to: day,
    month,
    by: z.string(),
    asOf,
    total: z.object(funnelShape).meta({ id: 'DunningFunnelFigures' }),
    items: z
      .array(z.object({ key, ...funnelShape }))
      .meta({ description: 'Of each building or site; empty by `total`' }),
    next,
  })
  .meta({ id: 'DunningFunnel' });

export const debtorOut = z
  .object({
    account: z.string(),
    unit: z.string(),
    party: z.string(),
    fen: fen.meta({ description: 'Open principal of these debts (fen)' }),
    lateFen: fen,
    held: z.boolean().meta({ description: 'Dunning is paused' }),
    debts: z
      .array(
        z.object({
          dueDay: day,
          bucket: z.enum(BUCKETS),
          fen,
          lateFen: fen,
          bills: z.array(z.object({ bill: z.string(), fen, lateFen: fen })),
          rungs: z
            .array(z.object({ rung: z.enum(RUNGS), fen, outcome: z.enum(DEBT_OUTCOMES) }))
            .meta({ description: 'In the order in which they were taken' }),
        }),
      )
      .meta({ description: 'By due day, oldest first' }),
  })
  .meta({ id: 'Debtor' });
export const debtorsOut = pageOf(debtorOut);
