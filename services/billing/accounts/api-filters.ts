import * as z from 'zod';
import { type Filters, openQuery, yesNo } from '../../../shared/http/case-list.ts';
import { idParam, label } from '../../../shared/http/schemas.ts';
import { buildingFrom } from '../../../shared/values/place.ts';
import { FEN_MAX, RUNGS } from './terms.ts';
import type { accountOut } from './view.ts';

type AccountView = z.input<typeof accountOut>;

/** By what accounts are asked for, besides whether something is open. */
export const accountsQuery = openQuery({
  ...{
    building: label(40).overwrite(buildingFrom),
    unit: idParam('unit'),
    party: idParam('party'),
    rung: z.enum(RUNGS),
  },
}).extend({
  overdue: yesNo('A debt of it is, or none is, past its due day and open'),
  held: yesNo('Its dunning is, or isn’t, on hold today'),
  leastFen: z.coerce
    .number()
    .int()
    .min(1)
    .max(FEN_MAX)
    .optional()
    .meta({ description: 'At least so much is open, late charges included (fen)' }),
});

export const ACCOUNT_FILTERS: Filters<AccountView> = {
  rung: ({ steps }, asked: readonly string[]) => steps.some(({ rung }) => asked.includes(rung)),
  overdue: ({ debts }, asked: 'true' | 'false', today) =>
    debts.some(({ dueDay, openFen, lateFen }) => dueDay < today && openFen + lateFen > 0) === (asked === 'true'),
  held: ({ holds }, asked: 'true' | 'false', today) =>
    holds.some(({ from, until }) => from <= today && today <= until) === (asked === 'true'),
  leastFen: ({ openFen }, asked: number) => openFen >= asked,
};
