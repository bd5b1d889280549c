import type { NewEvent } from '../../../shared/domain/events.ts';
import type { Day } from '../../../shared/time/clock.ts';
import { done, type Situation } from './decide.ts';
import type { AccountEvent } from './events.ts';

/**
 * The unit has another payer from a day on: debt and ladder stay with this account, and its mandate ends (what
 * was published with that goes too). Said again for the same day it is nothing; a corrected day replaces the one before.
 */
export const close = (on: Situation, day: Day): NewEvent<AccountEvent>[] =>
  !on.state || on.state.closedOn === day ? [] : done(on, [{ name: 'account.closed', data: { on: day } }]);

/** Whoever had left pays again: a sale entered by mistake was put right, or the unit was bought back. */
export const reopen = (on: Situation): NewEvent<AccountEvent>[] =>
  on.state?.closedOn === undefined ? [] : done(on, [{ name: 'account.reopened', data: {} }]);
