import * as z from 'zod';
import { day } from '../../../shared/domain/events.ts';
import { owedOut, owedView } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { METHODS } from '../accounts/contract.ts';
import { proposal } from './events.ts';
import { LINE_FAULTS } from './reading.ts';
import { type Proposal, type Remittance, STATUSES } from './remittance.ts';
import { RULES } from './terms.ts';

const count = z.number().int();
const proposalOut = proposal.extend({
  name: z.string().optional().meta({ description: 'Of the payer; absent once erased' }),
  place: z.string().optional().meta({ description: 'The room, where it is for one' }),
});
/** Who is proposed, for people to read. */
export type DescribePayer = (of: Proposal) => { name?: string | undefined; place?: string };
export const remittanceOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: count,
    status: z.enum(STATUSES),
    channel: z.enum(METHODS),
    paidOn: day,
    fen: count.meta({ description: 'Fen (分)' }),
    number: z.string().optional().meta({ description: "The channel's number; absent once erased, as name and remark" }),
    name: z.string().optional(),
    remark: z.string().optional(),
    proposals: z.array(proposalOut).meta({ description: 'Whose it may be, the surest first' }),
    part: z.string().optional().meta({ description: 'The line that it is a part of' }),
    parts: z.array(z.string()).optional().meta({ description: 'What it was split into' }),
    payment: z.string().optional(),
    party: z.string().optional(),
    rule: z.enum(RULES).optional().meta({ description: 'By which it was booked by itself' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Remittance' });

export const remittanceView = (
  { id, site, version, state }: Current<Remittance>,
  texts: ReadonlyMap<string, string>,
  now: number,
  who: DescribePayer,
): z.input<typeof remittanceOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { number, name, remark, owed, policy: _, reference: __, at: ___, claims: ____, parts, ...rest } = state;
  const text = (ref: { ref: string } | undefined) => ref && texts.get(ref.ref);
  return {
    ...rest,
    proposals: rest.proposals.map((one) => ({ ...one, ...who(one) })),
    ...(parts && state.status === 'split' ? { parts: parts.ids } : {}),
    id,
    site,
    version,
    number: text(number),
    name: text(name),
    remark: text(remark),
    owed: owedView(owed, now),
  };
};

export const statementOut = z
  .object({
    channel: z.enum(METHODS),
    lines: count.meta({ description: 'By which money came' }),
    fresh: count.meta({ description: 'Not told of before' }),
    booked: count.meta({ description: 'Whose it is is known: claimed, or set aside; all of it' }),
    unclaimed: count.meta({ description: '待认领' }),
    others: count.meta({ description: 'By which money went out, or that came to nothing; passed over' }),
    faults: z.array(
      z.object({
        at: count.meta({ description: 'Line of the file' }),
        why: z.enum(LINE_FAULTS),
        message: z.string().meta({ description: 'The same for people, in their language' }),
      }),
    ),
    items: z
      .array(z.object({ at: count, id: z.string(), status: z.enum(STATUSES) }))
      .meta({ description: 'The first 100' }),
  })
  .meta({ id: 'Statement' });
