import { DEFAULT_POLICY, type PolicyValues } from '../../../shared/policy/policy.ts';
import { addDays, type Day } from '../../../shared/time/clock.ts';
import { changeOf, type MetRate, type RateChange } from './change.ts';
import { type FigureId, MEASURE_IDS, type MeasureId } from './measures/measure.ts';
import { percentOf } from './percent.ts';
import { type Period, periodOf, type Span, spanBefore, startOfPeriod } from './span.ts';
import { type CaseTally, type Counts, isEmpty, sum, tallyOf } from './tally.ts';

/** A measure over a period. */
export interface Figure extends CaseTally {
  rate: MetRate;
  /** The rate in percent, two decimals: 100.00 means that nothing was missed. */
  percent: string | null;
  /** In percent; absent of a share, which has none. */
  target?: number;
  /** Compared in whole numbers, never by the rounded rate. */
  onTarget?: boolean | null;
  /** Q4 only: enough ratings to be ranked by. */
  ranked?: boolean;
}

/** A figure, and how far it is from the one of the period before; `null` where either has no rate. */
export interface Trend extends Figure {
  change: RateChange;
}
/** A figure beside that of the span of the same length before. */
export interface Compared extends Trend {
  previous: Figure;
}

const TARGETS: Partial<Record<FigureId, keyof PolicyValues>> = {
  Q1: 'courtesyTarget',
  Q2: 'responseTarget',
  'Q2-desk': 'responseTarget',
  'Q2-department': 'responseTarget',
  Q3: 'callbackTarget',
  Q4: 'satisfactionTarget',
  Q5: 'dunningTarget',
  'Q5-friendly': 'dunningTarget',
  'Q5-reminder': 'dunningTarget',
  'Q5-second-notice': 'dunningTarget',
  'Q5-demand': 'dunningTarget',
  'Q5-visit': 'dunningTarget',
  'Q5-review': 'dunningTarget',
  Q6: 'handlingTarget',
  'Q6-notice': 'handlingTarget',
  'Q6-second-notice': 'handlingTarget',
  'Q6-demand': 'handlingTarget',
  'Q6-slip': 'handlingTarget',
};

export const figureOf = (measure: FigureId, tally: CaseTally, policy: PolicyValues = DEFAULT_POLICY): Figure => {
  const { met, missed } = tally;
  const of = met + missed;
  const name = TARGETS[measure];
  const target = name && policy[name];
  return {
    ...tally,
    rate: of === 0 ? null : { met, of },
    percent: of === 0 ? null : percentOf(met, of),
    ...(target === undefined ? {} : { target, onTarget: of === 0 ? null : met * 100 >= target * of }),
    ...(measure === 'Q4' ? { ranked: of >= policy.rankFromRatings } : {}),
  };
};

export type Figures<F extends Figure = Figure> = Record<MeasureId, F>;

/** What was counted on a day, of one site or of many. */
export interface DayCounts {
  day: Day;
  counts: Counts;
}

export interface FiguresReport {
  previous: Span;
  /** Periods in which anything was counted, oldest first; only days within the asked span count. */
  periods: { period: string; figures: Figures<Trend> }[];
  total: Figures<Compared>;
}

const figures = <F extends Figure>(figure: (measure: MeasureId) => F): Figures<F> =>
  Object.fromEntries(MEASURE_IDS.map((measure) => [measure, figure(measure)])) as Figures<F>;

/** Every measure's figure of some counts. */
export const figuresIn = (counts: Counts, policy: PolicyValues): Figures =>
  figures((measure) => figureOf(measure, tallyOf(counts, measure), policy));

/** A figure of a span, and of the span before. */
export const compared = (measure: MeasureId, now: Counts, before: Counts, policy: PolicyValues): Compared => {
  const [figure, previous] = [now, before].map((counts) => figureOf(measure, tallyOf(counts, measure), policy));
  return { ...(figure as Figure), change: changeOf(figure!.rate, previous!.rate), previous: previous as Figure };
};

const rolledUp = (parts: readonly DayCounts[], by: Period): Map<string, Counts> =>
  new Map([...Map.groupBy(parts, ({ day }) => periodOf(day, by))].map(([name, some]) => [name, summed(some)]));
export const summed = (parts: readonly DayCounts[]): Counts => sum(parts.map(({ counts }) => counts));

/**
 * Days rolled up; of one site or, days repeated, of many. Every total is the sum of its days. A period is compared with the
 * whole of the one before, where that was read: the span before is read too.
 * @param before what was counted in the span before
 */
export const report = (
  parts: readonly DayCounts[],
  by: Period,
  span: Span,
  before: readonly DayCounts[] = [],
  policy: PolicyValues = DEFAULT_POLICY,
): FiguresReport => {
  const previous = spanBefore(span);
  const whole = rolledUp([...before, ...parts], by);
  const countsBefore = (start: Day): Counts => {
    const last = addDays(start, -1);
    return startOfPeriod(last, by) < previous.from ? {} : (whole.get(periodOf(last, by)) ?? {});
  };
  const starts = new Map(parts.map(({ day }) => [periodOf(day, by), startOfPeriod(day, by)]));
  const rolled = [...rolledUp(parts, by)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([period, counts]) => {
      const earlier = countsBefore(starts.get(period) as Day);
      const trend = figures((measure): Trend => {
        const { previous: _, ...figure } = compared(measure, counts, earlier, policy);
        return figure;
      });
      return { period, figures: trend };
    })
    .filter((one) => Object.values(one.figures).some((figure) => !isEmpty(figure)));
  const [now, then] = [summed(parts), summed(before)];
  return { previous, periods: rolled, total: figures((measure) => compared(measure, now, then, policy)) };
};
