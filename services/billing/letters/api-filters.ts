import * as z from 'zod';
import { type Filters, openQuery } from '../../../shared/http/case-list.ts';
import { dayIn, idParam } from '../../../shared/http/schemas.ts';
import { LISTED, STATUSES } from './letter.ts';
import { LETTER_KINDS } from './terms.ts';
import type { letterOut } from './view.ts';

/** By what letters are asked for; those to print, to deliver or to settle by their day alone. */
export const lettersQuery = openQuery({
  ...{ kind: z.enum(LETTER_KINDS), status: z.enum(STATUSES), run: idParam('run') },
  ...{ party: idParam('party'), unit: idParam('unit') },
}).extend({
  state: z.enum([...LISTED, 'open', 'finished']).default('open'),
  day: dayIn.optional().meta({ description: 'Only of letters to print, to deliver or to settle' }),
});

export const LETTER_FILTERS: Filters<z.input<typeof letterOut>> = {
  unit: ({ accounts }, asked: readonly string[]) => accounts.some(({ unit }) => asked.includes(unit)),
};
