import { keptFor } from '../../../../shared/people/retention.ts';
import type { PolicyValues } from '../../../../shared/policy/policy.ts';
import type { Instant } from '../../../../shared/time/clock.ts';
import type { Letter } from '../letter.ts';

/** Whether it asks for what is overdue: that it arrived interrupts the limitation (Civil Code art. 195). */
export const isDemand = (state: Letter | undefined): boolean => state !== undefined && state.kind !== 'fee-notice';

/** How long who it was for, and where it went, is needed to prove that. */
export const evidenceUntil = (now: Instant, policy: PolicyValues): Instant =>
  keptFor('evidence', 'address', now, policy).until;
