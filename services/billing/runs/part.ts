import type * as z from 'zod';
import type { NewEvent, Recorded } from '../../../shared/domain/events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { LeftOut } from '../tariffs/contract.ts';
import { partEvents, type stretch } from './events.ts';
import { addTotals, grouped, NOTHING, type Totals } from './tally.ts';

export type PartEvent = (typeof partEvents)[number];
export type PartStretch = z.output<typeof stretch>;

/** A part of a run: how far it has come. */
export interface RunPart {
  run: string;
  part: number;
  round: number;
  /** The event that began the round. */
  since: number;
  stretch: PartStretch;
  /** Where the directory is to be read on; absent at its beginning. */
  after?: string | undefined;
  done: boolean;
  totals: Totals;
  owed: [];
}

export const partId = (run: string, part: number): string => derivedId('part', run, part);

const fold = (state: RunPart | undefined, event: Recorded<PartEvent>): RunPart => {
  if (event.name === 'part.began') {
    return { ...event.data, since: event.version, done: false, totals: NOTHING, owed: [] };
  }
  if (!state) throw new Error(`${event.id} stands before the beginning`);
  const { after, buildings } = event.data;
  const totals = buildings.reduce((sum, one) => addTotals(sum, one.totals), state.totals);
  return { ...state, after, done: after === undefined, totals };
};

/** The run owes; its parts are records of how far it is. */
export const partType: AggregateType<RunPart, PartEvent> = {
  type: 'part',
  ids: 'part',
  kind: 'record',
  events: partEvents,
  most: {},
  fold,
  finished: ({ done }) => done,
};

/** Some more units were gone through; the first of a round begin it. */
export const progress = (
  state: RunPart | undefined,
  of: Pick<RunPart, 'run' | 'part' | 'round' | 'stretch'>,
  page: { after: string | undefined; buildings: { building: string; totals: Totals }[]; leftOut: readonly LeftOut[] },
): NewEvent<PartEvent>[] => {
  const { after, buildings, leftOut } = page;
  return [
    ...(state?.round === of.round ? [] : [{ name: 'part.began' as const, data: of }]),
    {
      name: 'part.progressed',
      data: { ...(after === undefined ? {} : { after }), buildings, leftOut: grouped(leftOut) },
    },
  ];
};

/** A stretch has at most so many units, unless a single building has more. */
const UNITS_MOST = 300;

/** Cuts the directory into stretches: small buildings in a row go together, so that a part is worth a worker. */
export const stretchesOf = (buildings: Iterable<{ building: string; units: number }>): PartStretch[] => {
  const stretches: PartStretch[] = [];
  for (const { building, units } of buildings) {
    const last = stretches.at(-1);
    if (last && last.units + units <= UNITS_MOST) {
      last.last = building;
      last.buildings += 1;
      last.units += units;
    } else {
      stretches.push({ first: building, last: building, buildings: 1, units });
    }
  }
  return stretches;
};
