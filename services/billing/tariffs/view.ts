import * as z from 'zod';
import { UNIT_KINDS, UNIT_STATES } from '../../../shared/directory/units.ts';
import { day } from '../../../shared/domain/events.ts';
import { invalid } from '../../../shared/domain/refusal.ts';
import { actionsOut } from '../../../shared/http/actions-out.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { instantOut, label, owedOut, owedView } from '../../../shared/http/schemas.ts';
import { historyOf } from '../../../shared/http/sheet-out.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { iso } from '../../../shared/time/clock.ts';
import { isMonth, type Month, monthOf, plusMonths } from '../../../shared/time/month.ts';
import { decimal, ROUNDINGS } from '../../../shared/values/money.ts';
import { exemptionEvents, feeItem } from './events.ts';
import type { Exemption } from './exemption.ts';
import { RATE_DECIMALS } from './plan.ts';
import { BASES, CYCLES, EXEMPTION_STATES, ITEMS_MAX, RATE_MAX, RATES_MAX } from './terms.ts';

/** Items of bills that no schedule declares: slips, and arrears from before. */
const RESERVED = ['service', 'arrears'];
export const itemCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/)
  .refine((code) => !RESERVED.includes(code), rule('field.reserved'))
  .meta({ description: "A fee item's code", example: 'management' });

export const periodIn = z
  .string()
  .refine(isMonth, rule('field.month'))
  .meta({ description: 'The month of a bill, the first of its period', example: '2026-11' });

const FIRST_PERIOD: Month = '2000-01';
const MONTHS_AHEAD = 13;
/** What is billed lies from 2000 to thirteen months ahead. @throws Refusal */
export const checkPeriod = (field: string, period: Month, today: string): void => {
  const last = plusMonths(monthOf(today), MONTHS_AHEAD);
  if (period < FIRST_PERIOD || period > last)
    throw invalid({ field, rule: 'field.from-to', details: { from: FIRST_PERIOD, to: last } });
};

const rateText = z
  .string()
  .refine(
    (text) => {
      const read = decimal(text);
      if (!read || read.digits === 0n || read.scale > RATE_DECIMALS) return false;
      return read.digits <= BigInt(RATE_MAX) * 10n ** BigInt(read.scale);
    },
    rule('field.rate', { max: RATE_MAX, decimals: RATE_DECIMALS }),
  )
  .meta({ description: 'Yuan', example: '2.85' });
const some = <const T extends readonly string[]>(of: T) =>
  z
    .array(z.enum(of))
    .min(1)
    .refine((all) => new Set(all).size === all.length, rule('field.none-twice'))
    .optional()
    .meta({ description: 'All of them when absent' });

const itemFields = z.strictObject({
  code: itemCode,
  names: z.strictObject({ zh: label(40), en: label(60) }),
  basis: z.enum(BASES).meta({ description: feeItem.shape.basis.meta()?.description ?? '' }),
  rates: z
    .array(z.strictObject({ rate: rateText.optional(), kinds: some(UNIT_KINDS), states: some(UNIT_STATES) }))
    .min(1)
    .max(RATES_MAX)
    .meta({ description: 'The first that fits a unit is its rate; a unit that none fits does not pay this item' }),
  cycle: z.enum(CYCLES).default('monthly'),
  firstMonth: z.number().int().min(1).max(12).default(1).meta({ description: 'A month in which its cycle begins' }),
  period: periodIn.optional().meta({ description: 'The month of a one-off item' }),
  rounding: z.enum(ROUNDINGS).default('half-up'),
  prorated: z.boolean().default(true).meta({ description: 'By day when payer or rate change within the period' }),
  dueDay: z.number().int().min(1).max(28).optional().meta({ description: "The policy's dueDay when absent" }),
});

/** What an item says has to fit together. */
export const feeItemIn = itemFields
  .superRefine(({ basis, rates, period, cycle }, { addIssue }) => {
    for (const [i, { rate, kinds }] of rates.entries()) {
      const path = ['rates', i, 'rate'];
      if (basis === 'shared' && rate !== undefined) {
        addIssue({ code: 'custom', path, message: rule('field.shared-has-none') });
      }
      if (basis !== 'shared' && rate === undefined) addIssue({ code: 'custom', path, message: rule('field.required') });
      if (basis === 'space' && kinds?.some((kind) => kind !== 'space')) {
        addIssue({ code: 'custom', path: ['rates', i, 'kinds'], message: rule('field.space-only') });
      }
    }
    if ((basis === 'once') !== (period !== undefined)) {
      addIssue({
        code: 'custom',
        path: ['period'],
        message: rule(basis === 'once' ? 'field.required' : 'field.only-of-once'),
      });
    }
    if (basis === 'once' && cycle !== 'monthly') {
      addIssue({ code: 'custom', path: ['cycle'], message: rule('field.once-has-none') });
    }
  })
  .transform((item) => (item.basis === 'once' ? { ...item, prorated: false } : item));

export const feeItemsIn = z
  .array(feeItemIn)
  .max(ITEMS_MAX)
  .refine((items) => new Set(items.map(({ code }) => code)).size === items.length, rule('field.none-twice'));

export const scheduleVersionOut = z
  .object({
    version: z.number().int(),
    effective: day.meta({ description: 'From this day on, until a later version’s has come' }),
    items: z.array(feeItem),
    at: instantOut.meta({ description: 'When it was entered' }),
    by: z.string(),
  })
  .meta({ id: 'FeeSchedule' });

export const exemptionOut = z
  .object({
    id: z.string(),
    version: z.number().int(),
    unit: z.string(),
    item: z.string(),
    percent: z.number().int().optional(),
    fen: z.number().int().optional().meta({ description: 'Fen a month' }),
    from: day,
    to: day.meta({ description: 'The last day of it' }),
    status: z.enum(EXEMPTION_STATES),
    askedBy: z.string(),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Exemption' });
export const exemptionSheetOut = exemptionOut
  .extend({ history: historyOf(exemptionEvents), actions: actionsOut })
  .meta({ id: 'ExemptionSheet' });

export const exemptionView = (
  { id, version, state }: Current<Exemption>,
  _: Actor,
  now: number,
): z.input<typeof exemptionOut> => {
  if (!state) throw new Error(`${id} has no state`);
  return { id, version, ...state, owed: owedView(state.owed, now) };
};

export const versionView = ({
  version,
  at,
  by,
  data,
}: {
  version: number;
  at: number;
  by: string;
  data: unknown;
}): z.input<typeof scheduleVersionOut> => ({
  version,
  ...(data as Pick<z.input<typeof scheduleVersionOut>, 'effective' | 'items'>),
  at: iso(at),
  by,
});
