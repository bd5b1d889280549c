import * as z from 'zod';
import { derivedId } from '../../../shared/domain/ids.ts';
import { pageOf } from '../../../shared/http/schemas.ts';
import { closingOut, tallyOut } from './closing.ts';
import { asOfOut } from './fresh.ts';
import { UNRANKED } from './league.ts';
import { billedNames } from './measures/homes.ts';
import { type FigureId, MEASURE_IDS, MEASURES, type MeasureId, STATES } from './measures/measure.ts';
import { type CaseRow, everyOutcome, rowId } from './row.ts';

const n = z.number().int().min(0);

const figureFields = {
  due: n.meta({ description: 'met + missed + running' }),
  met: n,
  missed: n,
  running: n,
  excluded: n.meta({ description: 'Outside due' }),
  reasons: z.record(z.string(), n).meta({ description: 'The excluded, by reason' }),
  attempted: n.meta({ description: 'Of the missed: tried three times in different parts of the day' }),
  rate: z
    .object({ met: n, of: n })
    .nullable()
    .meta({ description: 'met of met + missed; null while nothing is decided' }),
  percent: z.string().nullable().meta({
    description: 'Two decimals, rounded half up; 100.00 only with nothing missed, 0.00 only with nothing met',
    example: '99.87',
  }),
  target: z.number().int().optional().meta({ description: 'Percent' }),
  onTarget: z.boolean().nullable().optional(),
  ranked: z.boolean().optional().meta({ description: 'Enough ratings to be ranked by' }),
};
const changeOut = z
  .object({
    points: z.string().meta({
      description: 'Percentage points with their sign, two decimals, rounded half up; 0.00 only where nothing changed',
      example: '-1.25',
    }),
    exact: z.string().meta({ description: 'The same as a share of 1, exactly', example: '-1/80' }),
  })
  .nullable()
  .meta({ id: 'Change', description: 'null where one of the two has no rate' });

export const figureOut = z.object(figureFields).meta({ id: 'Figure' });
export const trendOut = z.object({ ...figureFields, change: changeOut }).meta({ id: 'FigureTrend' });
export const comparedOut = z
  .object({ ...figureFields, change: changeOut, previous: figureOut })
  .meta({ id: 'FigureCompared' });

export const figuresOf = <T extends z.ZodType>(figure: T) =>
  z.object(Object.fromEntries(MEASURE_IDS.map((id) => [id, figure])) as Record<MeasureId, T>);
const MEANT = MEASURE_IDS.map((id) => `${id}: ${MEASURES[id].about}`).join('; ');

export const reportOut = z
  .object({
    from: z.string(),
    to: z.string(),
    by: z.string(),
    sites: z.array(z.string()).meta({ description: 'Those whose days are in it' }),
    previous: z
      .object({ from: z.string(), to: z.string() })
      .meta({ description: 'The span before: as many months where it is whole months, else as many days' }),
    periods: z
      .array(
        z.object({ period: z.string(), closing: tallyOut, figures: figuresOf(trendOut).meta({ id: 'FigureTrends' }) }),
      )
      .meta({
        description:
          'Those in which anything was counted: the day, the Monday of the week, YYYY-MM, YYYY-Qn or YYYY; `change` is from ' +
          'the whole period before',
      }),
    asOf: asOfOut,
    closing: closingOut,
    total: figuresOf(comparedOut).meta({ id: 'Figures', description: MEANT }),
  })
  .meta({ id: 'Report' });

export const leagueOut = z
  .object({
    measure: z.string(),
    from: z.string(),
    to: z.string(),
    previous: z.object({ from: z.string(), to: z.string() }),
    asOf: asOfOut,
    items: z.array(
      z.object({
        site: z.string(),
        name: z.string(),
        rank: z.number().int().min(1).nullable().meta({
          description: 'Sites of exactly the same rate share one; null stands last, and `why` says why',
        }),
        why: z.enum(UNRANKED).optional(),
        figure: comparedOut,
      }),
    ),
    next: z.string().optional().meta({ description: 'Absent on the last page' }),
  })
  .meta({ id: 'League' });

export const caseOut = z
  .object({
    id: z.string(),
    site: z.string(),
    day: z.string().meta({ description: 'Its cohort day' }),
    measure: z.string().optional().meta({ description: 'The figure that it stands in' }),
    state: z.enum(STATES).meta({ description: 'Of a share: `met` is in its numerator, `missed` is the rest' }),
    why: z
      .string()
      .optional()
      .meta({ description: 'Why it is missed or excluded; of a step met because it was paid on its day, `settled`' }),
    flag: z.string().optional(),
    contact: z.string().optional(),
    complaint: z.string().optional(),
    callback: z.string().optional(),
    resolution: n.optional().meta({ description: 'Which resolution of the complaint' }),
    account: z.string().optional().meta({ description: 'Whose dunning step it is' }),
    step: z.string().optional().meta({ description: 'Due day, rung and day of the step' }),
    hold: z.string().optional().meta({ description: 'The hold that a promise to pay is' }),
    letter: z.string().optional().meta({ description: 'The letter' }),
    slip: z.string().optional().meta({ description: 'The slip of the paid service' }),
  })
  .meta({ id: 'CaseOfFigure' });

export const casesOut = pageOf(caseOut).extend({ asOf: asOfOut });

/** A case as it stands in a measure; `undefined` when it isn't one of it. */
export const caseView = (row: CaseRow, measure: FigureId): z.input<typeof caseOut> | undefined => {
  const outcome = everyOutcome(row).find((one) => one.measure === measure);
  if (!outcome) return undefined;
  const { root, ordinal, family } = row.key;
  const stands = {
    id: rowId(row.key),
    site: row.key.site,
    day: outcome.day,
    measure,
    state: outcome.state,
    why: outcome.why,
    flag: outcome.flag,
  };
  const billed = billedNames(row.key);
  if (billed) return { ...stands, ...billed };
  const isComplaint =
    family === 'promise'
      ? typeof ordinal === 'number'
      : family !== 'handled' && (family !== 'contact' || row.facts.as === 'complaint');
  const from = derivedId('contact', `_${root}`);
  return {
    ...stands,
    contact: from,
    ...(isComplaint ? { complaint: derivedId('complaint', from) } : {}),
    ...(typeof ordinal === 'number' ? { callback: derivedId('callback', from, ordinal), resolution: ordinal } : {}),
  };
};
