import type { PolicyContext } from '../policy/policy-context.ts';
import { HOUR, type Instant, MINUTE, toldInstant } from '../time/clock.ts';
import { at, type PersonalRef, personalRef } from './events.ts';
import { invalid, type Refusal } from './refusal.ts';

/** When what a command records happened, where that was before it is recorded (补录), and what shows it. */
export interface Happened {
  happenedAt?: Instant | undefined;
  evidence?: PersonalRef | undefined;
}

/** Of an event that may be recorded later than it happened: its `at` is when it was recorded. */
export const happenedData = {
  happenedAt: at.optional().meta({ description: 'When it happened, where it was recorded later (补录)' }),
  evidence: personalRef.optional().meta({ description: 'What shows that: a paper, a witness, where a photo is' }),
};

/** When an event happened: what is judged by time is judged by that. */
export const happenedOf = ({ at, data }: { at: Instant; data: { happenedAt?: Instant | undefined } }): Instant =>
  data.happenedAt ?? at;

/** What one did oneself is taken at one's word for so long. */
const OWN_WORD = 15 * MINUTE;

/**
 * What an event says of when it happened. Never in the future, never before what it answers began, and not longer ago than the policy
 * lets it be recorded.
 * @param since when what it answers began
 * @param witnessed somebody else is named whose word it is (代录): that is the evidence
 */
export const happened = (
  { happenedAt, evidence }: Happened,
  { now, context }: { now: Instant; context: Pick<PolicyContext, 'policy'> },
  since: Instant,
  { witnessed = false }: { witnessed?: boolean } = {},
): Happened | Refusal => {
  if (happenedAt === undefined)
    return evidence ? invalid({ field: 'body.evidence', rule: 'field.only-of-happened' }) : {};
  const when = toldInstant(happenedAt, now);
  const field = 'body.happenedAt';
  if (when > now) return invalid({ field, rule: 'field.not-future' });
  if (when < since) return invalid({ field, rule: 'field.not-before-begun' });
  const hours = context.policy.recordWithinHours;
  if (when < now - hours * HOUR) return invalid({ field, rule: 'field.last-hours', details: { hours } });
  if (!witnessed && !evidence && when < now - OWN_WORD)
    return invalid({ field: 'body.evidence', rule: 'field.evidence', details: { minutes: OWN_WORD / MINUTE } });
  return { ...(when < now ? { happenedAt: when } : {}), ...(evidence ? { evidence } : {}) };
};

/** What is known of a case of which something was recorded later than it happened: it stays so. */
export const markedLater = ({ data }: { data: { happenedAt?: Instant | undefined } }): { recordedLater?: true } =>
  data.happenedAt === undefined ? {} : { recordedLater: true };
