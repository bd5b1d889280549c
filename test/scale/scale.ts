import { type Assumptions, assumed } from './assumptions.ts';
import { type Exported, exportOf } from './export.ts';
import { type Finding, findingsOf, type Shards, shardsOf } from './findings.ts';
import { type Hour, peakHour } from './hour.ts';
import { type Measured, readMeasured } from './measured.ts';
import { type Money, month } from './money.ts';
import { wavesOf } from './waves.ts';

/** One seed, so that everybody sees the same Monday. */
const SEED = 20_261_124;

export interface Scale {
  assumptions: Assumptions;
  hour: Hour;
  findings: Finding[];
  shards: Shards[];
  waves: ReturnType<typeof wavesOf>;
  exported: Exported;
  money: { median: Money; largest: Money; all: Money };
}

/** What so much business comes to: pure, the same from the same numbers. */
export const simulate = (assumptions: Assumptions, measured: Measured, seed = SEED): Scale => {
  const hour = peakHour(assumptions, measured, seed);
  return {
    assumptions,
    hour,
    findings: findingsOf(hour, measured),
    shards: shardsOf(hour, measured),
    waves: wavesOf(assumptions, measured),
    exported: exportOf(assumptions, measured, assumptions.units),
    money: month(assumptions, measured),
  };
};

/** With what is assumed, and what the bench wrote. */
export const simulated = (): Scale & { measured: Measured } => {
  const measured = readMeasured();
  return { ...simulate(assumed(), measured), measured };
};
