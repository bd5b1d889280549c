/** What a day's work goes through, and how much of it a second lets through. */
export interface Stage {
  name: string;
  perSecond: number;
  lever: string;
  /** It rests on milliseconds of the machine that measured. */
  byTime?: boolean;
}

export interface Wave {
  name: string;
  /** How many there are on the day, were it one day for all. */
  many: number;
  /** How long it may take. */
  hours: number;
  /** Every site has it on the same day only because all chose that day. */
  spreads: boolean;
  stages: (Stage & { hours: number; headroom: number })[];
}

/** The narrowest stage first; a stage that lets everything through is none. */
export const wave = (name: string, many: number, hours: number, stages: readonly Stage[], spreads = false): Wave => ({
  name,
  many,
  hours,
  spreads,
  stages: stages
    .filter(({ perSecond }) => Number.isFinite(perSecond))
    .map((stage) => {
      const needs = many / stage.perSecond / 3600;
      return { ...stage, hours: needs, headroom: hours / needs };
    })
    .sort((x, y) => x.headroom - y.headroom),
});
