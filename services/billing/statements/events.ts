import * as z from 'zod';
import { day, defineEvent, personalRef } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';
import { METHODS } from '../accounts/contract.ts';
import { RULES, SIGNS } from './terms.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
export const proposal = z.object({
  party: z.string(),
  account: z.string().optional().meta({ description: 'Absent where it would be for all that the payer owes' }),
  signs: z
    .array(z.enum(SIGNS))
    .meta({ description: 'What speaks for it; a name or a sum alone is a guess, among those who owe' }),
});

export const remittanceTold = defineEvent(
  'remittance.told',
  'A statement says that money came; each of its lines once, however often it is read. Somebody has to claim it (待认领).',
  z.object({
    channel: z.enum(METHODS),
    paidOn: day.meta({ description: 'Site-local' }),
    fen,
    number: personalRef.optional().meta({ description: "The channel's number of the transaction" }),
    name: personalRef.optional().meta({ description: 'Who paid, as the channel calls them' }),
    remark: personalRef.optional(),
    reference: z.string().optional().meta({ description: 'A hash by which payments of the same number are known' }),
    proposals: z.array(proposal),
    part: z.string().optional().meta({ description: 'The line that it is a part of, where that was split' }),
    policy: z.number().int(),
    opens: z.array(obligation),
  }),
);
export const remittanceClaimed = defineEvent(
  'remittance.claimed',
  'It is known whose money it is: it is that payment, and no other.',
  z.object({
    payment: z.string(),
    party: z.string(),
    rule: z
      .enum(RULES)
      .optional()
      .meta({ description: 'By which it was booked by itself; absent where a person claimed it' }),
  }),
);
export const remittanceSetAside = defineEvent(
  'remittance.set-aside',
  'It is no fee of anybody here: interest, a refund, money for somebody else.',
  z.object({ words: personalRef }),
);
export const remittanceSplit = defineEvent(
  'remittance.split',
  'It is the money of several, or only partly ours: each part is found out about by itself. Together they are the line, to the fen.',
  z.object({
    parts: z.array(z.string()),
    before: z.number().int().meta({ description: 'Parts of it that there had been before these' }),
  }),
);
export const remittanceJoined = defineEvent(
  'remittance.joined',
  'A part of a line is none any more: the line is whole again.',
  z.object({}),
);
export const remittanceReopened = defineEvent(
  'remittance.reopened',
  'Whose it is is to be found out anew: the payment it was claimed as was reversed, or its parts were joined again.',
  z.object({ payment: z.string().optional(), opens: z.array(obligation) }),
);
export const remittanceEvents = [
  remittanceTold,
  remittanceClaimed,
  remittanceSetAside,
  remittanceSplit,
  remittanceJoined,
  remittanceReopened,
  ...obligationEvents('remittance'),
] as const;
export type RemittanceEvent = (typeof remittanceEvents)[number];
