import type { Counted } from './faults.ts';
import type { Tally } from './life.ts';
import type { LifeResult, LifeSpec, Lives } from './lives.ts';
import type { Broken } from './run.ts';

export interface Wanted extends LifeSpec {
  siteYears: number;
  /** Clouds that live at once. */
  width: number;
  /** No further cloud is begun after so long, ms. */
  most?: number | undefined;
}

export interface Simulated {
  siteYears: number;
  commands: number;
  events: number;
  faults: Counted;
  /** How often each kind of command was done and refused. */
  kinds: Tally['kinds'];
  brokenLaws: (Broken & { seed: string; sites: number; days: number })[];
  histories: string[];
}

const YEAR = 365;

/** The shortest life found in which a law is broken: half as long, as long as that still breaks one. */
const shortest = async ({ live }: Lives, result: LifeResult, at: Omit<LifeSpec, 'days'>): Promise<LifeResult> => {
  let [long, short, found] = [result.days, 0, result];
  while (long - short > 1) {
    const days = Math.ceil((long + short) / 2);
    const tried = await live({ ...at, days });
    if (tried.broken.length > 0) [long, found] = [Math.min(days, tried.days), tried];
    else short = days;
  }
  return found;
};

/** Clouds live, some at once, until that many site-years are lived or a law is broken. */
export const simulateAll = async (
  lives: Lives,
  { seed, siteYears, sites, days, width, most = Number.POSITIVE_INFINITY }: Wanted,
  said: (seed: string, sites: number, result: LifeResult) => void,
): Promise<Simulated> => {
  const sum: Simulated = { siteYears: 0, commands: 0, events: 0, faults: {}, kinds: {}, brokenLaws: [], histories: [] };
  // What a failure named is one cloud.
  const named = seed.includes('/');
  let needed = named ? sites * days : siteYears * YEAR;
  const began = performance.now();
  let [siteDays, clouds] = [0, 0];
  let broken: { result: LifeResult; at: Omit<LifeSpec, 'days'> } | undefined;

  const living = async () => {
    while (needed >= sites && !broken && performance.now() - began < most) {
      const at = { seed: named ? seed : `${seed}/${clouds++}`, sites };
      const spec = { ...at, days: Math.min(days, Math.floor(needed / sites)) };
      needed -= spec.days * sites;
      const result = await lives.live(spec);
      siteDays += result.siteDays;
      sum.commands += result.tally.commands;
      sum.events += result.events;
      for (const [fault, count] of Object.entries(result.faults)) sum.faults[fault] = (sum.faults[fault] ?? 0) + count;
      for (const [kind, { done, refused }] of Object.entries(result.tally.kinds)) {
        const before = sum.kinds[kind] ?? { done: 0, refused: 0 };
        sum.kinds[kind] = { done: before.done + done, refused: before.refused + refused };
      }
      said(at.seed, sites, result);
      if (result.broken.length > 0) broken ??= { result, at };
    }
  };
  await Promise.all(Array.from({ length: width }, living));
  if (broken) {
    const { at } = broken;
    const short = await shortest(lives, broken.result, at);
    sum.brokenLaws = short.broken.map((one) => ({ ...one, ...at, days: short.days }));
    sum.histories = short.histories;
  }
  return { ...sum, siteYears: Math.round((siteDays / YEAR) * 100) / 100 };
};
