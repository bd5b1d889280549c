import * as z from 'zod';
import { levelsOf } from '../../../shared/directory/units.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { instantOut, pageOf, placeOut } from '../../../shared/http/schemas.ts';
import { iso } from '../../../shared/time/clock.ts';
import type { Place } from '../../../shared/values/place.ts';
import { asOfOut, asOfView, type FigureId, figureOut, MEASURES, PARTS } from '../figures/contract.ts';
import { AGENT_FIGURES, DEPARTMENT_FIGURES, UNJUDGED } from './assessment.ts';
import { ATTEMPTS, DAYS_OPEN, TIMINGS } from './dimensions.ts';
import type { serviceOf } from './reading.ts';
import { AGAIN_WITHIN_DAYS, type Repeater } from './repeats.ts';
import type { ComplaintFigures } from './report.ts';

const n = z.number().int().min(0);

const complaintFields = {
  received: n.meta({ description: 'valid + notValid + unjudged; opens into the cases of `closing`' }),
  valid: n,
  notValid: n,
  unjudged: n.meta({ description: 'Nobody has judged yet whether it is valid' }),
  open: n.meta({ description: 'Neither closed nor found not valid; opens into the running cases of `closed`' }),
  closing: figureOut,
  'not-valid': figureOut,
};
const key = z
  .string()
  .nullable()
  .meta({ description: 'null: those of which it isn’t known; ask for their cases with an empty text' });
const line = z.object({ key, ...complaintFields });
const linesOut = z.array(line.meta({ id: 'ComplaintLine' }));
const spreadOut = <T extends readonly [string, ...string[]]>(values: T, description: string) =>
  z.object(Object.fromEntries(values.map((value) => [value, n])) as Record<T[number], typeof n>).meta({ description });

export const repeaterOut = z
  .object({
    site: z.string(),
    unit: z.string(),
    ...placeOut,
    count: n.meta({ description: 'Complaints in the span; those found not valid are left out' }),
    kinds: z.record(z.string(), n),
    complaints: z.array(
      z.object({
        complaint: z.string(),
        day: z.string(),
        kind: z.string(),
        again: z.boolean().meta({
          description: `The unit complained of the same kind within the ${AGAIN_WITHIN_DAYS} days before (重复投诉)`,
        }),
      }),
    ),
  })
  .meta({ id: 'RepeatComplainer' });
export const repeatersOut = pageOf(repeaterOut).extend({ asOf: asOfOut });

export const serviceOut = z
  .object({
    from: z.string(),
    to: z.string(),
    sites: z.array(z.string()),
    asOf: asOfOut,
    at: instantOut.meta({ description: 'Until when what is open has been open' }),
    complaints: z.object({
      total: z.object(complaintFields).meta({ id: 'ComplaintFigures' }),
      byKind: linesOut,
      byDepartment: linesOut.meta({
        description: 'The department it was assigned to last, else the one the desk named',
      }),
      byBuilding: z.array(line.extend({ site: z.string() }).meta({ id: 'ComplaintsOfBuilding' })).meta({
        description:
          'Of the unit; not known where it isn’t in the directory, and of what was said anonymously or in confidence',
      }),
      daysOpen: z
        .object({
          closed: spreadOut(DAYS_OPEN, 'From the registration until it was closed'),
          open: spreadOut(DAYS_OPEN, 'From the registration until `at`'),
        })
        .meta({ description: 'Elapsed days of 24 h, the upper end included' }),
      reopened: figureOut.meta({ description: PARTS.reopened.about }),
      repeats: z.object({
        atLeast: n.meta({ description: 'As asked: `repeatFrom`' }),
        units: n.meta({ description: 'Units with at least so many complaints' }),
        again: n.meta({
          description: `Complaints of a kind that the unit had complained of within ${AGAIN_WITHIN_DAYS} days`,
        }),
        top: z.array(repeaterOut).meta({ description: 'Those with most; the others are in the list' }),
      }),
    }),
    callbacks: z.object({
      Q3: figureOut,
      reached: figureOut,
      attempts: spreadOut(ATTEMPTS, 'Which call reached the owner'),
      timing: spreadOut(TIMINGS, 'How soon after the resolution, or how long after it was due, the owner was reached'),
    }),
    promised: figureOut.meta({ description: MEASURES.promised.about }),
  })
  .meta({ id: 'ServiceFigures' });

const assessedOut = z
  .object({
    due: n,
    met: n,
    missed: n,
    running: n,
    excluded: n,
    reasons: z.record(z.string(), n),
    attempted: n,
    judged: z.boolean().meta({ description: 'Enough decided cases (the policy’s `judgeFromCases`)' }),
    why: z.enum(UNJUDGED).optional(),
    rate: z.object({ met: n, of: n }).nullable().meta({ description: 'null unless judged' }),
    percent: z.string().nullable(),
  })
  .meta({ id: 'AssessedFigure' });
const assessmentOut = <F extends FigureId>(figures: readonly F[], what: string, id: string) =>
  z
    .object({
      site: z.string(),
      from: z.string(),
      to: z.string(),
      judgeFromCases: n,
      asOf: asOfOut,
      items: z.array(
        z.object({
          key: z
            .string()
            .nullable()
            .meta({ description: `${what}; null: the cases that are nobody’s` }),
          department: z.string().optional().meta({ description: 'The same, where departments are assessed' }),
          figures: z
            .object(Object.fromEntries(figures.map((one) => [one, assessedOut])) as Record<F, typeof assessedOut>)
            .meta({
              description: figures.map((one) => `${one}: ${{ ...MEASURES, ...PARTS }[one].about}`).join('; '),
            }),
        }),
      ),
      next: z.string().optional().meta({ description: 'Absent on the last page' }),
    })
    .meta({ id });
export const agentsOut = assessmentOut(AGENT_FIGURES, 'A member of staff', 'AgentAssessment');
export const departmentsOut = assessmentOut(DEPARTMENT_FIGURES, 'A department’s id', 'DepartmentAssessment');

const complaintsView = <T extends ComplaintFigures>({ notValidShare, ...figures }: T) => ({
  ...figures,
  'not-valid': notValidShare,
});

/** @param unitOf where the unit is, if it is in the directory */
export const repeaterView = (
  { complaints, ...repeater }: Repeater,
  unitOf: (site: string, unit: string) => Place | undefined,
): z.input<typeof repeaterOut> => {
  const place = unitOf(repeater.site, repeater.unit);
  return {
    ...repeater,
    ...(place ? levelsOf(place) : {}),
    complaints: complaints.map(({ id, ...one }) => ({
      complaint: derivedId('complaint', derivedId('contact', `_${id}`)),
      ...one,
    })),
  };
};

type Found = Awaited<ReturnType<typeof serviceOf>>;
export const serviceView = (
  { cells, unitOf, complaints, callbacks, promises }: Found,
  { at, ...asked }: { from: string; to: string; sites: string[]; at: number },
): z.input<typeof serviceOut> => {
  const { total, byKind, byDepartment, byBuilding, repeats } = complaints;
  const { inTime, ...reaching } = callbacks;
  return {
    ...asked,
    asOf: asOfView(cells),
    at: iso(at),
    complaints: {
      ...complaints,
      total: complaintsView(total),
      byKind: byKind.map(complaintsView),
      byDepartment: byDepartment.map(complaintsView),
      byBuilding: byBuilding.map(({ site = '', ...one }) => ({ site, ...complaintsView(one) })),
      repeats: { ...repeats, top: repeats.top.map((one) => repeaterView(one, unitOf)) },
    },
    callbacks: { Q3: inTime, ...reaching },
    promised: promises,
  };
};
