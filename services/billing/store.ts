import { defineTable } from '../../shared/aws/table.ts';
import { NAMES_INDEX } from './names.ts';

/** Letters that people have to do something with: by site and status, in order of their days. Sparse. */
export const LETTERS_INDEX = 'letters';

/**
 * Every journal of billing lies in one table: accounts, runs, schedules, letters, slips, deductions, receipts. Hot when a
 * bill run writes more than ~250 accounts a second into one partition of the due index; `DuePartitions` spreads it.
 */
export const billingTable = defineTable({
  name: 'billing',
  journal: true,
  indexes: [
    { name: LETTERS_INDEX, hash: 'lettersOf', range: { name: 'lettersBy', type: 'S' } },
    { name: NAMES_INDEX, hash: 'named', range: { name: 'id', type: 'S' } },
  ],
});
