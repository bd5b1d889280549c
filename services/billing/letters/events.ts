import * as z from 'zod';
import { at, day, defineEvent, personalRef } from '../../../shared/domain/events.ts';
import { obligation, obligationEvents } from '../../../shared/domain/obligation.ts';
import { RUNGS } from '../accounts/contract.ts';
import { allocation, billFacts, debtFacts } from '../accounts/events.ts';
import { LETTER_CHANNELS, LETTER_KINDS, LETTER_PARTS, PAPER_REASONS, RECEIVERS } from './terms.ts';

/** Every event of a letter says what it is, so that Q6 can be counted from any of them. */
const kind = z.enum(LETTER_KINDS);
const attempt = z.number().int().meta({ description: 'Which sending, from 1' });
const opens = z.array(obligation).meta({ description: 'What is owed from now on' });
const due = at.meta({ description: 'By when it is sent, or printed and handed over: 24:00 of its day' });
const wake = at.meta({ description: 'When it wakes up besides for what is owed' });
const address = personalRef.meta({ description: 'The address it went to' });
const contentHash = z.string().meta({ description: 'SHA-256 of what it says, whatever its channel' });

export const letterStep = z.object({ dueDay: day, rung: z.enum(RUNGS), on: day });
export const letterAccount = z
  .object({
    account: z.string(),
    unit: z.string(),
    steps: z.array(letterStep).optional().meta({ description: 'Of a dunning letter: the steps it carries out' }),
    bills: z.array(billFacts).optional().meta({ description: 'Of a fee notice: the bills of its run' }),
    offsets: z.array(allocation).optional().meta({ description: 'Of a fee notice: paid from the prepaid balance' }),
    debts: z.array(debtFacts).optional().meta({ description: 'Open when the letter was decided' }),
  })
  .meta({ description: 'What a letter says of one account of its payer' });

export const letterOpened = defineEvent(
  'letter.opened',
  'Something has to go out to a payer: one letter for each occasion, however many accounts it is about.',
  z.object({
    kind,
    party: z.string(),
    day: day.meta({ description: 'The day it goes out on' }),
    ordinal: z
      .number()
      .int()
      .meta({ description: 'From 1; a second one where an account came after the first was out' }),
    run: z.string().optional().meta({ description: 'Of a fee notice: its bill run' }),
    part: z.enum(LETTER_PARTS).meta({ description: 'Which part of the dunning steps it is' }),
    channel: z.enum(LETTER_CHANNELS),
    why: z.enum(PAPER_REASONS).optional().meta({ description: 'Why it goes on paper, where it was to be an email' }),
    mandatory: z.boolean(),
    accounts: z.array(letterAccount),
    policy: z.number().int().meta({ description: 'The policy version frozen for it' }),
    due,
    wake: wake.optional(),
    opens,
  }),
);
export const letterAdded = defineEvent(
  'letter.added',
  'Another account of the payer joined before it was out; the kind is the highest of them.',
  z.object({ kind, mandatory: z.boolean(), accounts: z.array(letterAccount) }),
);
export const letterRequeued = defineEvent(
  'letter.requeued',
  'It waited for long without having been sent, and was handed to the mailer again.',
  z.object({ kind, wake }),
);
const doubtful = z
  .boolean()
  .optional()
  .meta({ description: 'Mail to the address had come back for now, before it was sent' });
export const letterClaimed = defineEvent(
  'letter.claimed',
  'A mailer is about to send it. From here on its outcome is unknown until something tells.',
  z.object({ kind, attempt, address, doubtful, contentHash, wake }),
);
export const letterReleased = defineEvent(
  'letter.released',
  'The mail service refused to take it for now; it certainly was not sent.',
  z.object({ kind, attempt, code: z.string().meta({ description: "The mail service's reason" }), wake }),
);
export const letterSent = defineEvent(
  'letter.sent',
  'The mail service took it.',
  z.object({ kind, attempt, messageId: z.string(), acceptedAt: at, opens }),
);
export const letterDelivered = defineEvent(
  'letter.delivered',
  "The payer's mail server took it: it arrived.",
  z.object({
    kind,
    deliveredAt: at,
    party: z.string(),
    address,
    doubtful,
    returned: z.boolean().optional().meta({ description: 'It had come back for now: an automatic reply' }),
  }),
);
export const letterBounced = defineEvent(
  'letter.bounced',
  'It came back: for good where the address is bad (hard), or for now.',
  z.object({ kind, hard: z.boolean(), subtype: z.string(), bouncedAt: at, party: z.string(), address }),
);
export const letterComplained = defineEvent(
  'letter.complained',
  'The payer marked it as unwanted.',
  z.object({ kind, complainedAt: at, party: z.string(), address }),
);
export const letterMovedToPaper = defineEvent(
  'letter.moved-to-paper',
  'It goes on paper from now on. A bounce moves its deadline to 24:00 of the day on which it bounced.',
  z.object({ kind, why: z.enum(PAPER_REASONS), due, opens }),
);
export const letterUnknown = defineEvent(
  'letter.unknown',
  'Nothing told what became of a sending; it is not sent again blindly, a person decides.',
  z.object({ kind, attempt, opens }),
);
export const letterResendDecided = defineEvent(
  'letter.resend-decided',
  'A person decided to send it again, though it may have been sent.',
  z.object({ kind, wake }),
);
export const letterWithdrawn = defineEvent(
  'letter.withdrawn',
  'All that a letter on paper asks for was settled before it was handed over, or what waits is about accounts of somebody else too: nobody prints, mails or delivers it any more.',
  z.object({
    kind,
    parted: z
      .literal(true)
      .optional()
      .meta({ description: 'Who was one payer when it was opened are two again: each gets a letter of their own' }),
  }),
);
export const letterPrinted = defineEvent('letter.printed', 'It was printed.', z.object({ kind, contentHash }));
export const letterHandedOver = defineEvent(
  'letter.handed-over',
  'It was handed over.',
  z.object({
    kind,
    receivedBy: z.enum(RECEIVERS),
    relation: personalRef.optional().meta({ description: 'Who that was, in words' }),
    proof: z.string().optional().meta({ description: 'SHA-256 of the signed sheet or photo' }),
    opens,
  }),
);
export const letterAttempted = defineEvent(
  'letter.attempted',
  'Handing it over was tried, with proof; of a demand, its arrival is owed from then on.',
  z.object({ kind, words: personalRef, proof: z.string().optional(), opens }),
);
export const letterGivenUp = defineEvent(
  'letter.given-up',
  'Its arrival is not waited for any longer, with the reason.',
  z.object({ kind, words: personalRef }),
);
export const letterLinksEnded = defineEvent(
  'letter.links-ended',
  'Somebody ended the links that went out so far: they open nothing any more.',
  z.object({ kind, words: personalRef.meta({ description: 'Why' }) }),
);
export const letterQuestioned = defineEvent(
  'letter.questioned',
  'The payer questioned it, through the link in the email.',
  z.object({ kind, ordinal: z.number().int(), party: z.string(), unit: z.string(), words: personalRef }),
);

export const letterEvents = [
  letterOpened,
  letterAdded,
  letterRequeued,
  letterClaimed,
  letterReleased,
  letterSent,
  letterDelivered,
  letterBounced,
  letterComplained,
  letterMovedToPaper,
  letterUnknown,
  letterResendDecided,
  letterWithdrawn,
  letterPrinted,
  letterHandedOver,
  letterAttempted,
  letterGivenUp,
  letterLinksEnded,
  letterQuestioned,
  ...obligationEvents('letter'),
] as const;
export type LetterEvent = (typeof letterEvents)[number];

const letter = z.string().meta({ description: 'The letter that told' });
export const payerAddressFailed = defineEvent(
  'payer.address-failed',
  "A payer's address is bad; an agent asks for a new one.",
  z.object({ party: z.string(), address, letter, policy: z.number().int(), opens }),
);
export const payerMailReturned = defineEvent(
  'payer.mail-returned',
  'A mail came back for now. So many in a row (policy) make its address a bad one.',
  z.object({ party: z.string(), address, letter, bouncedAt: at, policy: z.number().int() }),
);
export const payerMailArrived = defineEvent(
  'payer.mail-arrived',
  'A mail arrived where others had come back for now.',
  z.object({ address, letter, deliveredAt: at }),
);
export const payerComplained = defineEvent(
  'payer.complained',
  'A payer marked mail as unwanted: what need not be mailed there goes on paper.',
  z.object({ party: z.string(), address, letter, policy: z.number().int() }),
);
export const payerAddressRenewed = defineEvent(
  'payer.address-renewed',
  'The payer has an address again that is not known to be bad.',
  z.object({ address }),
);
export const payerNoAddress = defineEvent(
  'payer.no-address',
  'The payer was asked and gives no other address: what is for them goes on paper.',
  z.object({ words: personalRef }),
);
export const payerEvents = [
  payerAddressFailed,
  payerMailReturned,
  payerMailArrived,
  payerComplained,
  payerAddressRenewed,
  payerNoAddress,
  ...obligationEvents('payer'),
] as const;
export type PayerEvent = (typeof payerEvents)[number];

const counted = {
  sent: z.number().int().meta({ description: 'Mails of the run that were sent so far' }),
  bounced: z.number().int().meta({ description: 'How many of them came back for good' }),
};
export const runmailStopped = defineEvent(
  'runmail.stopped',
  "Too much of a run's mail came back: the rest waits until somebody decides.",
  z.object({ ...counted, policy: z.number().int(), opens }),
);
export const runmailResumed = defineEvent(
  'runmail.resumed',
  "Somebody decided that the run's mail goes on; bounces count anew.",
  z.object({ ...counted, words: personalRef }),
);
export const runmailMovedToPaper = defineEvent(
  'runmail.moved-to-paper',
  "Somebody decided that the rest of the run's mail goes on paper.",
  z.object({ words: personalRef }),
);
export const runmailEvents = [
  runmailStopped,
  runmailResumed,
  runmailMovedToPaper,
  ...obligationEvents('runmail'),
] as const;
export type RunmailEvent = (typeof runmailEvents)[number];
