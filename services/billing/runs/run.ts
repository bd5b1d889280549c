import type { Recorded } from '../../../shared/domain/events.ts';
import { type Obligation, tookRung, without } from '../../../shared/domain/obligation.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { runEvents } from './events.ts';
import { addTotals, NOTHING, type Totals } from './tally.ts';

export type RunEvent = (typeof runEvents)[number];

export const RUN_STATES = ['charging', 'noticing', 'issued', 'cancelled'] as const;

/**
 * A bill run (计费批次) of a site and month. Its parts (a large building, or several small ones) have journals of their
 * own, so that they never wait for one another; the run hears of each when it is done.
 */
export interface Run {
  period: string;
  policy: number;
  status: (typeof RUN_STATES)[number];
  /** How often it was issued; each time all units are gone through. */
  round: number;
  /** The event that began the round: it names the parts. */
  since: number;
  /** Parts that aren't done yet. */
  open: number[];
  /** What the round goes through, and how much of it lies in parts that are done. */
  buildings: { total: number; done: number };
  units: { total: number; done: number };
  /** Of the parts that are done in this round. */
  totals: Totals;
  chargedAt?: Instant;
  /** How far the bills were gone through for notices. */
  noticed?: string;
  notices: number;
  wake?: Instant | undefined;
  owed: Obligation[];
}

const change = (state: Run, event: Recorded<RunEvent>): Run => {
  switch (event.name) {
    case 'run.part-done': {
      const { part, buildings, totals } = event.data;
      return {
        ...state,
        open: state.open.filter((one) => one !== part),
        buildings: { ...state.buildings, done: state.buildings.done + buildings },
        units: { ...state.units, done: state.units.done + totals.units },
        totals: addTotals(state.totals, totals),
      };
    }
    case 'run.charged':
      return { ...state, status: 'noticing', chargedAt: event.at };
    case 'run.noticed':
      return { ...state, noticed: event.data.after, notices: state.notices + event.data.notices };
    case 'run.issued':
      return { ...state, status: 'issued', owed: without(state.owed, 'issue') };
    case 'run.cancelled':
      return { ...state, status: 'cancelled' };
    default:
      return state;
  }
};

const started = (state: Run | undefined, { data, version }: Recorded<RunEvent> & { name: 'run.started' }): Run => {
  const { period, round, stretches = [], policy } = data;
  if (state?.round === round) return { ...state, status: 'charging', policy };
  const sum = (of: 'buildings' | 'units') => stretches.reduce((total, stretch) => total + stretch[of], 0);
  return {
    period,
    policy,
    status: 'charging',
    round,
    since: version,
    open: stretches.map((_, part) => part),
    buildings: { total: sum('buildings'), done: 0 },
    units: { total: sum('units'), done: 0 },
    totals: NOTHING,
    notices: 0,
    owed: state?.owed ?? [],
    ...(state?.wake === undefined ? {} : { wake: state.wake }),
  };
};

const fold = (state: Run | undefined, event: Recorded<RunEvent>): Run => {
  if (event.name !== 'run.started' && !state) throw new Error(`${event.id} stands before the start`);
  if (event.name === 'run.reminded' || event.name === 'run.missed' || event.name === 'run.escalated') {
    return { ...(state as Run), owed: tookRung((state as Run).owed, event.data) };
  }
  const next = event.name === 'run.started' ? started(state, event) : change(state as Run, event);
  const { opens = [], wake } = event.data;
  const owed = opens.reduce<Obligation[]>((all, { duty }) => without(all, duty), next.owed);
  return { ...next, owed: [...owed, ...opens], wake: wake === undefined ? next.wake : (wake ?? undefined) };
};

export const runType: AggregateType<Run, RunEvent> = {
  type: 'run',
  keeps: 'books',
  ids: 'run',
  events: runEvents,
  most: { open: 20_000 },
  fold,
  finished: ({ status }) => status === 'issued',
  wakes: ({ wake }) => wake,
};
