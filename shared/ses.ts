import { errorName } from './log.ts';

/** The mail service will never take this mail for this address. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}

/** SES codes that say no to this address or mail for good; anything else is tried again. */
const REFUSED = new Set(['MessageRejected', 'InvalidParameterValue']);

/** What to throw for what SES threw. */
export const refusedOr = (error: unknown): unknown =>
  REFUSED.has(errorName(error)) ? new MailRefused(errorName(error), { cause: error }) : error;
