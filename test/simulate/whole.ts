import type { Entry } from '../../local/in-memory/instances.ts';
import type { Deployment, FunctionModel } from '../../local/model.ts';
import type { Counted } from './faults.ts';
import { type Broken, type Lived, live } from './run.ts';

export interface Asked {
  seed: string;
  siteYears: number;
  /** Sites of a cloud. */
  sites: number;
  /** Days that each lives. */
  days: number;
  /** No further cloud is begun after so long, ms. */
  most?: number | undefined;
}

export interface Simulated {
  siteYears: number;
  commands: number;
  events: number;
  faults: Counted;
  brokenLaws: (Broken & { seed: string; sites: number; days: number })[];
  histories: string[];
}

type Made = { deployment: Deployment; entryOf(fn: FunctionModel): Entry };
const YEAR = 365;

/** The shortest life found in which a law is broken: half as long, as long as that still breaks one. */
const shortest = async (made: Made, lived: Lived, at: { seed: string; sites: number }): Promise<Lived> => {
  let [long, short, found] = [lived.days, 0, lived];
  while (long - short > 1) {
    const days = Math.ceil((long + short) / 2);
    const tried = await live(made, { ...at, days });
    if (tried.broken.length > 0) [long, found] = [Math.min(days, tried.days), tried];
    else short = days;
  }
  return found;
};

/** Clouds live one after the other, until that many site-years are lived or a law is broken. */
export const simulateAll = async (
  made: Made,
  { seed, siteYears, sites, days, most = Number.POSITIVE_INFINITY }: Asked,
  told: (seed: string, sites: number, lived: Lived) => void,
): Promise<Simulated> => {
  const sum: Simulated = { siteYears: 0, commands: 0, events: 0, faults: {}, brokenLaws: [], histories: [] };
  // What a failure named is one cloud.
  const named = seed.includes('/');
  const needed = named ? sites : siteYears * YEAR;
  const began = performance.now();
  let siteDays = 0;
  for (let n = 0; needed - siteDays >= sites && performance.now() - began < most; n++) {
    const at = { seed: named ? seed : `${seed}/${n}`, sites };
    const lived = await live(made, {
      ...at,
      days: named ? days : Math.min(days, Math.floor((needed - siteDays) / sites)),
    });
    siteDays += lived.siteDays;
    sum.commands += lived.tally.commands;
    sum.events += lived.events;
    for (const [fault, count] of Object.entries(lived.faults)) sum.faults[fault] = (sum.faults[fault] ?? 0) + count;
    told(at.seed, sites, lived);
    if (lived.broken.length === 0) continue;
    const short = await shortest(made, lived, at);
    sum.brokenLaws = short.broken.map((broken) => ({ ...broken, ...at, days: short.days }));
    sum.histories = short.histories;
    break;
  }
  return { ...sum, siteYears: Math.round((siteDays / YEAR) * 100) / 100 };
};
