import * as z from 'zod';
import { actionsOut } from '../../../shared/http/actions-out.ts';
import { instantOut, owedOut, owedView } from '../../../shared/http/schemas.ts';
import { sheetOf } from '../../../shared/http/sheet-out.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { iso } from '../../../shared/time/clock.ts';
import type { PayerAddresses } from './addresses/payer.ts';
import { letterEvents } from './events.ts';
import { type Letter, linksOpen, STATUSES } from './letter.ts';
import type { RunCounts, RunMail } from './mail/run-mail.ts';
import { numberOf } from './number.ts';
import { LETTER_KINDS, LETTER_PARTS, RECEIVERS } from './terms.ts';

export const letterOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: z.number().int(),
    number: z.string().meta({ description: 'As it stands on the letter' }),
    kind: z.enum(LETTER_KINDS),
    status: z.enum(STATUSES),
    party: z.string(),
    day: z.string().meta({ description: 'The site-local day it goes out on' }),
    due: instantOut.meta({ description: 'Sent, or printed and handed over, by then' }),
    run: z.string().optional(),
    part: z.enum(LETTER_PARTS).meta({ description: 'Which part of the dunning steps it is' }),
    onPaper: z.boolean(),
    accounts: z.array(z.object({ account: z.string(), unit: z.string() })),
    attempts: z.number().int().meta({ description: 'How often a mailer took it on' }),
    acceptedAt: instantOut.optional().meta({ description: 'When the mail service took it' }),
    contentHash: z.string().optional(),
    receivedBy: z.enum(RECEIVERS).optional(),
    linksEnded: z
      .boolean()
      .optional()
      .meta({ description: 'Of one that was mailed: its links were ended, by somebody or as it was withdrawn' }),
    questions: z.number().int().meta({ description: 'What its payer asked through the link' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Letter' });

export const letterSheetOut = letterOut.extend(sheetOf(letterEvents)).meta({ id: 'LetterSheet' });

export const letterView = (
  { id, site, version, state }: Current<Letter>,
  _: Actor,
  now: number,
): z.input<typeof letterOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { kind, status, party, day, due, run, part, attempts, questions, onPaper = false, owed } = state;
  const { acceptedAt, contentHash, receivedBy } = state;
  return {
    id,
    site,
    version,
    number: numberOf(id, state),
    kind,
    status,
    party,
    day,
    due: iso(due),
    ...(run === undefined ? {} : { run }),
    part,
    onPaper,
    accounts: state.accounts.map(({ account, unit }) => ({ account, unit })),
    attempts,
    ...(acceptedAt === undefined ? {} : { acceptedAt: iso(acceptedAt) }),
    ...(contentHash === undefined ? {} : { contentHash }),
    ...(receivedBy === undefined ? {} : { receivedBy }),
    ...(state.mailed === undefined ? {} : { linksEnded: !linksOpen(state) }),
    questions,
    owed: owedView(owed, now),
  };
};

export const payerOut = z
  .object({
    id: z.string(),
    site: z.string(),
    party: z.string(),
    bad: z.number().int().meta({ description: 'How many of their addresses are known to be bad' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Payer' });

export const payerView = (
  { id, site, state }: Current<PayerAddresses>,
  _: Actor,
  now: number,
): z.input<typeof payerOut> => {
  if (!state) throw new Error(`${id} has no state`);
  return { id, site, party: state.party, bad: state.failed.length, owed: owedView(state.owed, now) };
};

const count = z.number().int();
const runMailOut = z
  .object({
    run: z.string(),
    letters: count,
    queued: count.meta({ description: 'To be sent, or nobody knows yet whether they were' }),
    sent: count,
    delivered: count,
    bounced: count.meta({ description: 'Came back for good' }),
    paper: count.meta({ description: 'On paper, whatever the reason' }),
    handedOver: count.meta({ description: 'Of those: handed over, or attempted with proof' }),
    stopped: z.boolean().meta({ description: 'Too much came back: the rest waits until somebody decides' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'RunMail' });
export const runMailSheetOut = runMailOut.extend({ actions: actionsOut }).meta({ id: 'RunMailSheet' });

export const runMailView = (
  run: string,
  { waiting, ...counts }: RunCounts,
  state: RunMail | undefined,
  now: number,
): z.input<typeof runMailOut> => ({
  run,
  ...counts,
  queued: waiting,
  stopped: state?.status === 'stopped',
  owed: owedView(state?.owed ?? [], now),
});
