/** What goes to a payer, lowest first: the notice of a bill run, and the rungs of the ladder that are letters. */
import type { DunningRung } from '../accounts/contract.ts';
export const LETTER_KINDS = [
  'fee-notice',
  'friendly',
  'reminder',
  'second-notice',
  'demand',
] as const satisfies readonly ('fee-notice' | DunningRung)[];
export type LetterKind = (typeof LETTER_KINDS)[number];

/** Q6 counts these; they go out by email even to somebody who complained about mail, for they have to. */
export const MANDATORY: readonly LetterKind[] = ['fee-notice', 'second-notice', 'demand'];

/** Which part of a dunning step a letter is. One whose email became paper is still the email part. */
export const LETTER_PARTS = ['email', 'letter'] as const;
export type LetterPart = (typeof LETTER_PARTS)[number];

/** How it goes out now. */
export const LETTER_CHANNELS = ['email', 'paper'] as const;

/** Why a letter went on paper that was to be an email. */
export const PAPER_REASONS = [
  'no-address',
  'complained',
  'refused',
  'bounced',
  'cap',
  'run-stopped',
  'person',
] as const;
export type PaperReason = (typeof PAPER_REASONS)[number];

/** Who took a letter that was handed over. A grown-up relative of the household may sign for the payer. */
export const RECEIVERS = ['payer', 'relative', 'other'] as const;
export type Receiver = (typeof RECEIVERS)[number];
