import { ACCOUNT_SENTENCES } from './billing-accounts.ts';
import { CASH_SENTENCES } from './billing-cash.ts';
import { DUNNING_SENTENCES } from './billing-dunning.ts';
import { LETTER_SENTENCES } from './billing-letters.ts';
import { RUN_SENTENCES } from './billing-runs.ts';
import type { Telling } from './template.ts';

/** All that billing tells, by its rooms. */
export const BILLING_SENTENCES: Readonly<Record<string, Telling>> = {
  ...RUN_SENTENCES,
  ...ACCOUNT_SENTENCES,
  ...DUNNING_SENTENCES,
  ...LETTER_SENTENCES,
  ...CASH_SENTENCES,
};
