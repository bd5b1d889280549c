import type { Day } from '../../../../shared/time/clock.ts';
import type { Account, Hold } from '../account.ts';

/** The hold in force on a day, the one that lasts longest; `until` is its last day. */
export const heldOn = ({ holds }: Pick<Account, 'holds'>, day: Day): [string, Hold] | undefined =>
  Object.entries(holds)
    .filter(([, { from, until }]) => from <= day && day <= until)
    .sort(([, a], [, b]) => (a.until < b.until ? 1 : -1))[0];
