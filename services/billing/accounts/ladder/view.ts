import * as z from 'zod';
import { day } from '../../../../shared/domain/events.ts';
import { instantOut, placeOut } from '../../../../shared/http/schemas.ts';
import { iso } from '../../../../shared/time/clock.ts';
import type { Account } from '../account.ts';
import { CHANNELS, HOLD_KINDS, RUNGS } from '../terms.ts';
import { PROOF_STATES, type Proof } from './proof.ts';

const rung = z.enum(RUNGS);
const step = z.object({ on: day, rung, channels: z.array(z.enum(CHANNELS)) });
const effort = z.object({
  steps: z.number().int(),
  emails: z.number().int(),
  letters: z.number().int(),
  calls: z.number().int(),
  visits: z.number().int(),
  reviews: z.number().int(),
  lettersFen: z.number().int().meta({ description: 'What printing and delivering costs, by the policy (fen)' }),
  mailUsdMicro: z.number().int().meta({ description: 'What the mails cost, by list price (millionths of a dollar)' }),
});

export const rehearsalOut = z
  .object({
    accounts: z.number().int().meta({ description: 'Accounts with something open' }),
    changed: z
      .number()
      .int()
      .meta({ description: 'Accounts that would get something else than under the policy in force' }),
    wanted: effort,
    inForce: effort,
    items: z.array(
      z.object({
        account: z.string(),
        unit: z.string(),
        ...placeOut,
        party: z.string(),
        rehearsed: z.array(step),
        inForce: z.array(step),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'Rehearsal' });

export const proofOut = z
  .object({
    account: z.string(),
    unit: z.string(),
    ...placeOut,
    party: z.string(),
    openFen: z.number().int().meta({ description: 'Overdue at the start of the day (fen)' }),
    oldestDueDay: day,
    steps: z.array(
      z.object({
        dueDay: day,
        rung,
        state: z
          .enum(PROOF_STATES)
          .meta({ description: 'settled: paid on its day before it was carried out; nothing proves that it arrived' }),
        doneAt: instantOut.optional(),
        hold: z
          .object({ hold: z.string(), kind: z.enum(HOLD_KINDS), until: day.optional() })
          .optional()
          .meta({ description: 'What held it, and the last day of that as of then' }),
        evidence: z.array(
          z.object({
            channel: z.string(),
            at: instantOut,
            letter: z.string().optional(),
            contentHash: z.string().optional(),
            address: z.string().optional(),
            arrived: z.boolean().optional(),
            receivedBy: z.string().optional(),
            outcome: z.string().optional(),
            payment: z.string().optional().meta({ description: 'What settled it, where it was a payment' }),
          }),
        ),
      }),
    ),
    gaps: z.array(z.object({ dueDay: day, rung, why: z.enum(['not-decided', 'not-carried-out', 'superseded']) })),
  })
  .meta({ id: 'DunningProof' });

export const proofView = (account: string, { unit, party }: Account, proof: Proof): z.input<typeof proofOut> => ({
  ...proof,
  account,
  unit,
  party,
  steps: proof.steps.map(({ doneAt, evidence, ...one }) => ({
    ...one,
    ...(doneAt === undefined ? {} : { doneAt: iso(doneAt) }),
    evidence: evidence.map(({ at, words: _, ...proofs }) => ({ ...proofs, at: iso(at) })),
  })),
});
