import * as z from 'zod';
import { actionsOut } from '../../../shared/http/actions-out.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { idParam, owedOut, owedView, placeOut } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { billFacts } from '../accounts/events.ts';
import { LEFT_OUT } from '../tariffs/contract.ts';
import { tally } from './events.ts';
import { RUN_STATES, type Run } from './run.ts';
import { type Totals, wholeOf } from './tally.ts';

const progressOut = z.object({ total: z.number().int(), done: z.number().int() });

export const totalsOut = z
  .object({
    ...tally.shape,
    units: z.number().int(),
    accounts: z.number().int(),
    byItem: z.array(z.object({ item: z.string(), ...tally.shape })),
    leftOut: z
      .array(z.object({ reason: z.enum(LEFT_OUT), count: z.number().int() }))
      .meta({ description: 'How often something of a unit is left out, by reason' }),
  })
  .meta({ id: 'RunTotals' });

export const totalsView = (totals: Totals): z.input<typeof totalsOut> => ({
  ...wholeOf(totals),
  units: totals.units,
  accounts: totals.accounts,
  byItem: Object.entries(totals.byItem)
    .map(([item, some]) => ({ item, ...some }))
    .sort((a, b) => (a.item < b.item ? -1 : 1)),
  leftOut: LEFT_OUT.flatMap((reason) => {
    const count = totals.leftOut[reason];
    return count === undefined ? [] : [{ reason, count }];
  }),
});

export const runOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: z.number().int(),
    period: z.string(),
    status: z.enum(RUN_STATES),
    round: z.number().int().meta({ description: 'How often it was issued' }),
    buildings: progressOut,
    units: progressOut,
    totals: totalsOut.meta({ description: 'Of the parts that are done' }),
    notices: z.number().int().meta({ description: 'Payers that were sent a notice in this round' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'BillRun' });
export const runSheetOut = runOut.extend({ actions: actionsOut }).meta({ id: 'BillRunSheet' });

export const runView = ({ id, site, version, state }: Current<Run>, _: Actor, now: number): z.input<typeof runOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { period, status, round, buildings, units, totals, notices, owed } = state;
  return {
    id,
    site,
    version,
    period,
    status,
    round,
    buildings,
    units,
    totals: totalsView(totals),
    notices,
    owed: owedView(owed, now),
  };
};

export const buildingOut = z.object({ building: z.string(), totals: totalsOut }).meta({ id: 'BuildingTotals' });
export const leftOutOut = z
  .object({
    unit: z.string(),
    ...placeOut,
    item: z.string().meta({ description: 'Empty where no item of the schedule is for the unit' }),
    reason: z.enum(LEFT_OUT),
  })
  .meta({ id: 'LeftOut' });
export const runBillsOut = z
  .object({
    account: z.string(),
    unit: z.string(),
    party: z.string(),
    ...placeOut,
    building: z.string(),
    bills: z.array(billFacts),
  })
  .meta({ id: 'RunBills' });

/** A month's run; it need not have begun. */
export const runParam = idParam('run').refine((id) => /^run_\d{4}-(0[1-9]|1[0-2])$/.test(id), rule('field.run'));

export const previewOut = z
  .object({
    period: z.string(),
    totals: totalsOut,
    before: z
      .object({ period: z.string(), totals: totalsOut })
      .optional()
      .meta({ description: 'The run of the month before, where there was one' }),
    buildings: z.object({ items: z.array(buildingOut), next: z.string().optional() }),
    leftOut: z
      .object({ items: z.array(leftOutOut), more: z.boolean() })
      .meta({ description: 'The first hundred of what is left out; the totals count all of it' }),
  })
  .meta({ id: 'RunPreview' });
