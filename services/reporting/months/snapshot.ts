import { createHash } from 'node:crypto';
import { ordered } from '../../../shared/journal/ordered.ts';
import type { PolicyValues } from '../../../shared/policy/policy.ts';
import type { Day } from '../../../shared/time/clock.ts';
import type { CollectionFigures as Collected, NamedFigures } from '../collections/contract.ts';
import {
  type Counts,
  type DayCounts,
  type Figures,
  figuresIn,
  MEASURE_IDS,
  type MeasureId,
  nonZero,
  summed,
  tallyOf,
} from '../figures/contract.ts';

/** What of a month is frozen: every number that a report of it prints, as it stood when it was signed. */
export interface MonthSnapshot {
  /** Counts of each day on which anything was counted, for what changes later to be told apart. */
  days: { day: Day; counts: Counts }[];
  /** The whole month against the targets of then. */
  figures: Figures;
  collection: {
    total: Collected;
    items: NamedFigures[];
    buildings: NamedFigures[];
  };
}

export const snapshotOf = (
  days: readonly DayCounts[],
  policy: PolicyValues,
  collection: MonthSnapshot['collection'],
): MonthSnapshot => ({
  days: days.map(({ day, counts }) => ({ day, counts: nonZero(counts) })),
  figures: figuresIn(summed(days), policy),
  collection,
});

/** Buildings in one item: far below what an item may hold. */
const BUILDINGS = 200;
export interface Chunk {
  name: string;
  text: string;
}

/** As items, each well below the 400 KB an item may have; together they are the whole, and their hash is its proof. */
export const chunksOf = ({ days, figures, collection: { buildings, ...collection } }: MonthSnapshot): Chunk[] => {
  const chunks: Chunk[] = [{ name: ordered(0), text: JSON.stringify({ days, figures, collection }) }];
  for (let i = 0; i < buildings.length; i += BUILDINGS) {
    chunks.push({ name: ordered(chunks.length), text: JSON.stringify(buildings.slice(i, i + BUILDINGS)) });
  }
  return chunks;
};

export const snapshotHash = (chunks: readonly Chunk[]): string => {
  const hash = createHash('sha256');
  for (const { name, text } of chunks) hash.update(`${name}\n${text}\n`);
  return hash.digest('hex');
};

/** @throws Error when they are not what was signed */
export const deserialize = (chunks: readonly Chunk[], hash: string): MonthSnapshot => {
  if (snapshotHash(chunks) !== hash) throw new Error('what was frozen is not what was signed');
  const [first, ...rest] = chunks.map(({ text }) => JSON.parse(text));
  return { ...first, collection: { ...first.collection, buildings: rest.flat() } };
};

const FIELDS = ['met', 'missed', 'running', 'excluded'] as const;
type StateCounts = Record<(typeof FIELDS)[number], number>;

/** What a closed month would say otherwise today: a figure of one of its days, as signed and as it is counted now. */
export interface FigureCorrection {
  day: Day;
  measure: MeasureId;
  signed: StateCounts;
  now: StateCounts;
}

const stateCounts = (counts: Counts, measure: MeasureId): StateCounts => {
  const tally = tallyOf(counts, measure);
  return Object.fromEntries(FIELDS.map((field) => [field, tally[field]])) as StateCounts;
};

/** Every difference between what was signed and what is counted now, by day and measure (pure). */
export const figureCorrectionsOf = (
  signed: readonly DayCounts[],
  counted: readonly DayCounts[],
): FigureCorrection[] => {
  const [then, now] = [signed, counted].map((parts) => new Map(parts.map(({ day, counts }) => [day, counts])));
  const days = [...new Set([...(then as Map<Day, Counts>).keys(), ...(now as Map<Day, Counts>).keys()])].sort();
  return days.flatMap((day) =>
    MEASURE_IDS.flatMap((measure) => {
      const [was, is] = [then, now].map((some) => stateCounts(some?.get(day) ?? {}, measure)) as [
        StateCounts,
        StateCounts,
      ];
      return FIELDS.some((field) => was[field] !== is[field]) ? [{ day, measure, signed: was, now: is }] : [];
    }),
  );
};
