import * as z from 'zod';
import { saidOn } from '../../../shared/domain/number.ts';
import { instantOut, owedOut, owedView } from '../../../shared/http/schemas.ts';
import { sheetOf } from '../../../shared/http/sheet-out.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { iso } from '../../../shared/time/clock.ts';
import { slipEvents } from './events.ts';
import { type Slip, STATUSES } from './slip.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });

export const slipOut = z
  .object({
    id: z.string(),
    number: z.string().optional().meta({ description: 'As people say it: `YC1130-004`' }),
    site: z.string(),
    version: z.number().int(),
    status: z.enum(STATUSES),
    unit: z.string(),
    party: z.string().meta({ description: 'Who pays' }),
    building: z.string(),
    service: z.string(),
    department: z.string(),
    appointedAt: instantOut,
    appointedDay: z.string().meta({ description: 'Site-local; the slip counts in Q6 from this day on' }),
    priceFen: fen.optional().meta({ description: 'What the owner agreed to (fen)' }),
    doneAt: instantOut.optional(),
    amountDue: instantOut.optional().meta({ description: 'By when the amount has to be entered' }),
    enteredAt: instantOut.optional(),
    fen: fen.optional().meta({ description: 'What it came to (fen)' }),
    account: z.string().optional(),
    bill: z.string().optional(),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Slip' });

export const slipSheetOut = slipOut.extend(sheetOf(slipEvents)).meta({ id: 'SlipSheet' });

const isoOf = (at: number | undefined) => (at === undefined ? undefined : iso(at));

export const slipView = (
  { id, site, version, state }: Current<Slip>,
  _: Actor,
  now: number,
): z.input<typeof slipOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { appointedAt, doneAt, amountDue, enteredAt, owed, words: _words, policy: _policy, ...rest } = state;
  return {
    ...rest,
    id,
    ...saidOn(now, rest.number),
    site,
    version,
    appointedAt: iso(appointedAt),
    doneAt: isoOf(doneAt),
    amountDue: isoOf(amountDue),
    enteredAt: isoOf(enteredAt),
    owed: owedView(owed, now),
  };
};
