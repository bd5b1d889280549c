import { type Day, weekOf } from '../../shared/clock.ts';
import { DEFAULT_POLICY, type PolicyValues } from '../../shared/policy.ts';
import { MEASURE_IDS, type MeasureId } from './measures/measure.ts';
import { percentOf } from './percent.ts';
import { type Counts, isEmpty, sum, type Tally, tallyOf } from './tally.ts';

export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** The name of the period a day lies in: the day, the Monday of its week, or its month `YYYY-MM`. */
export const periodOf = (day: Day, by: Period): string =>
  by === 'day' ? day : by === 'week' ? weekOf(day) : day.slice(0, 7);

/** A measure over a period. */
export interface Figure extends Tally {
  /** met of met + missed, exact; `null` when nothing is decided yet. */
  rate: { met: number; of: number } | null;
  /** The rate in percent, two decimals, rounded down: 100.00 means that nothing was missed. */
  percent: string | null;
  /** In percent; absent of a share, which has none. */
  target?: number;
  /** Compared in whole numbers, never by the rounded rate. */
  onTarget?: boolean | null;
  /** Q4 only: enough ratings to be ranked by. */
  ranked?: boolean;
}

const TARGETS: Partial<Record<MeasureId, keyof PolicyValues>> = {
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

export const figureOf = (measure: MeasureId, tally: Tally, policy: PolicyValues = DEFAULT_POLICY): Figure => {
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

export type Figures = Record<MeasureId, Figure>;

export interface Report {
  /** Periods in which anything was counted, oldest first; only days within the asked range count. */
  periods: { period: string; figures: Figures }[];
  total: Figures;
}

const figures = (counts: Counts, policy: PolicyValues): Figures =>
  Object.fromEntries(
    MEASURE_IDS.map((measure) => [measure, figureOf(measure, tallyOf(counts, measure), policy)]),
  ) as Figures;

/** Days rolled up; of one site or, days repeated, of many. Every total is the sum of its days. */
export const report = (
  days: readonly { day: Day; counts: Counts }[],
  by: Period,
  policy: PolicyValues = DEFAULT_POLICY,
): Report => {
  const periods = new Map<string, Counts[]>();
  for (const { day, counts } of days) {
    const name = periodOf(day, by);
    periods.set(name, [...(periods.get(name) ?? []), counts]);
  }
  const rolled = [...periods]
    .map(([period, counts]) => ({ period, figures: figures(sum(counts), policy) }))
    .filter((one) => Object.values(one.figures).some((figure) => !isEmpty(figure)));
  return {
    periods: rolled.sort((a, b) => (a.period < b.period ? -1 : 1)),
    total: figures(sum(days.map(({ counts }) => counts)), policy),
  };
};
