import { DAY, HOUR, type Instant } from '../../../shared/time/clock.ts';
import {
  accepter,
  acceptor,
  type CaseRow,
  type ComplaintFacts,
  type ContactFacts,
  callerOf,
  caseOutcomesOf,
  complaintDutyOf,
  courteous,
  departmentOf,
  type FamilyName,
  type FigureId,
  familyOf,
  type HandledFacts,
  type PromiseFacts,
  type RatingFacts,
  type ResolutionFacts,
} from '../figures/contract.ts';

/** What a figure is broken down by: the lines of a breakdown add up to the figure, each case is in one of them. */
export const DIMENSIONS = ['kind', 'department', 'building', 'days', 'attempts', 'timing', 'agent'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How long a complaint was open, or is: elapsed days of 24 h since it was registered, the upper end included. */
export const DAYS_OPEN = ['0-1', '1-3', '3-7', '7-10', 'over-10'] as const;
/** Which call reached the owner; else whether it is too late, still in time, or not to be made after all. */
export const ATTEMPTS = ['1', '2', '3', '4+', 'never', 'waiting', 'excluded'] as const;
/** How soon after the resolution an owner was reached in time, or how long after it was due. */
export const TIMINGS = [
  'in-time-24h',
  'in-time-48h',
  'late-4h',
  'late-24h',
  'late-72h',
  'late-over',
  'never',
  'waiting',
  'excluded',
] as const;

/** What a row alone doesn't say. */
export interface ReadingContext {
  /** Until when what is open has been open. */
  at: Instant;
  /** The building a site's unit is in; `undefined` of one that isn't in the directory. */
  buildingOf(site: string, unit: string): string | undefined;
}

const withinOf = <T>(span: number, limits: readonly (readonly [number, T])[], beyond: T): T =>
  limits.find(([limit]) => span <= limit)?.[1] ?? beyond;

const daysOpen = ({ registered = 0, closed }: ComplaintFacts, at: Instant): (typeof DAYS_OPEN)[number] =>
  withinOf(
    (closed ?? at) - registered,
    [
      [DAY, '0-1'],
      [3 * DAY, '1-3'],
      [7 * DAY, '3-7'],
      [10 * DAY, '7-10'],
    ],
    'over-10',
  );

/** Of a callback that hasn't reached its owner. */
const NOT_REACHED = { met: 'waiting', missed: 'never', running: 'waiting', excluded: 'excluded' } as const;
const stateOf = (row: CaseRow) => caseOutcomesOf(row).find(({ measure }) => measure === 'Q3')?.state ?? 'running';

const attempts = (row: CaseRow): (typeof ATTEMPTS)[number] => {
  const { reached, calls = {} } = row.facts as ResolutionFacts;
  if (reached === undefined) return NOT_REACHED[stateOf(row)];
  return (['1', '2', '3'] as const)[Object.keys(calls).length] ?? '4+';
};

const timing = (row: CaseRow): (typeof TIMINGS)[number] => {
  const { reached, resolved = 0, due = 0 } = row.facts as ResolutionFacts;
  const state = stateOf(row);
  if (reached === undefined || state === 'excluded') return NOT_REACHED[state];
  if (state === 'met') return reached - resolved <= 24 * HOUR ? 'in-time-24h' : 'in-time-48h';
  return withinOf(
    reached - due,
    [
      [4 * HOUR, 'late-4h'],
      [24 * HOUR, 'late-24h'],
      [72 * HOUR, 'late-72h'],
    ],
    'late-over',
  );
};

type Of<F> = (facts: F, on: { row: CaseRow; figure: FigureId; context: ReadingContext }) => string | undefined;
type DimensionReaders<F> = Partial<Record<Dimension, Of<F>>>;

const COMPLAINT: DimensionReaders<ComplaintFacts> = {
  kind: ({ kind }) => kind,
  department: (facts, { figure }) => {
    const duty = figure === 'investigated' ? 'investigate' : figure === 'resolved' ? 'resolve' : undefined;
    return (duty && complaintDutyOf(facts, duty).department) ?? departmentOf(facts);
  },
  building: ({ unit }, { row, context }) => (unit === undefined ? undefined : context.buildingOf(row.key.site, unit)),
  days: (facts, { context }) => daysOpen(facts, context.at),
  agent: ({ accused }) => accused,
};
/** Of these a department has those that it accepted first. */
const ACCEPTANCES: readonly FigureId[] = ['proxy', 'recorded-later'];

const CONTACT: DimensionReaders<ContactFacts> = {
  department: (facts, { figure }) => (ACCEPTANCES.includes(figure) ? accepter(facts) : acceptor(facts)),
  agent: ({ takenBy }) => takenBy,
};
const RESOLUTION: DimensionReaders<ResolutionFacts> = {
  department: ({ department }) => department,
  attempts: (_, { row }) => attempts(row),
  timing: (_, { row }) => timing(row),
  agent: callerOf,
};
const RATING: DimensionReaders<RatingFacts> = {
  department: ({ department }) => department,
  agent: ({ caller }) => caller,
};
const HANDLED: DimensionReaders<HandledFacts> = { agent: courteous };
const PROMISE: DimensionReaders<PromiseFacts> = { agent: ({ by }) => by };

const TOLD: Partial<Record<FamilyName, DimensionReaders<never>>> = {
  complaint: COMPLAINT,
  contact: CONTACT,
  resolution: RESOLUTION,
  rating: RATING,
  handled: HANDLED,
  promise: PROMISE,
};

/** Whether a figure can be broken down so. */
export const isTold = (figure: FigureId, dimension: Dimension): boolean =>
  TOLD[familyOf(figure)]?.[dimension] !== undefined;

/** The line a case is on; `null` is the line of those of which it isn't known. */
export const lineOf = (
  row: CaseRow,
  dimension: Dimension,
  figure: FigureId,
  context: ReadingContext,
): string | null => {
  const of = TOLD[row.key.family]?.[dimension] as Of<unknown> | undefined;
  return of?.(row.facts, { row, figure, context }) ?? null;
};
