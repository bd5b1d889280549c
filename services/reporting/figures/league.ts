import type { PolicyValues, SiteFacts } from '../../../shared/policy/policy.ts';
import { compareRates } from './change.ts';
import { type Compared, compared } from './figures.ts';
import { MEASURES, type MeasureId } from './measures/measure.ts';
import type { Counts } from './tally.ts';

/** Why a site has no rank. */
export const UNRANKED = ['nothing-decided', 'too-few-ratings'] as const;
export type Unranked = (typeof UNRANKED)[number];

/** A site in the league table of a measure. */
export interface LeaguePlace {
  site: string;
  name: string;
  /** From 1; sites of the same rate share one, and as many are left out after them. `null` where there is none. */
  rank: number | null;
  why?: Unranked;
  figure: Compared;
}

const whyUnranked = ({ rate, ranked }: Compared): Unranked | undefined =>
  rate === null ? 'nothing-decided' : ranked === false ? 'too-few-ratings' : undefined;

/**
 * Sites by the exact rate, the best first (of a share of what is wrong, the lowest), then by id; those without a rank after
 * them, by id. Every site is held against the same policy.
 * @param countsOf a site's counts in the span and in the one before
 */
export const league = (
  measure: MeasureId,
  sites: readonly Pick<SiteFacts, 'site' | 'name'>[],
  countsOf: (site: string) => { now: Counts; before: Counts },
  policy: PolicyValues,
): LeaguePlace[] => {
  const better = 'lessIsBetter' in MEASURES[measure] ? -1 : 1;
  const all = sites.map(({ site, name }) => {
    const { now, before } = countsOf(site);
    const figure = compared(measure, now, before, policy);
    return { site, name, figure, why: whyUnranked(figure) };
  });
  const byRate = (a: Compared, b: Compared) =>
    a.rate === null || b.rate === null ? 0 : better * compareRates(b.rate, a.rate);
  const bySite = (a: { site: string }, b: { site: string }) => (a.site < b.site ? -1 : a.site > b.site ? 1 : 0);
  const ranked = all.filter(({ why }) => why === undefined).sort((a, b) => byRate(a.figure, b.figure) || bySite(a, b));
  let rank = 0;
  const places = ranked.map(({ why: _, ...one }, i): LeaguePlace => {
    const last = ranked[i - 1];
    if (last === undefined || byRate(last.figure, one.figure) !== 0) rank = i + 1;
    return { ...one, rank };
  });
  const others = all.flatMap(({ why, ...one }): LeaguePlace[] => (why ? [{ ...one, rank: null, why }] : []));
  return [...places, ...others.sort(bySite)];
};
