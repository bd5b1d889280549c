import * as z from 'zod';
import { type Position, position, type Role, role } from '../people/positions.ts';
import { type Instant, SECOND } from '../time/clock.ts';
import { at, defineEvent } from './events.ts';

/**
 * Something owed: by whom, since when, by when, and who hears of it when it is late. Pure data and pure moves; the
 * clock wakes, `dueRungs` says what has to be told. Rungs are worked out when it is opened, from the policy frozen for the case.
 */
export interface Obligation {
  /** What is owed, in the service's own words: `accept`, `call`, … */
  duty: string;
  /** Which one, where an aggregate may owe several of a duty; at most one is open of a duty and `of`. */
  of?: string | undefined;
  position: Position;
  /** Who of that position has taken it on. */
  claimedBy?: string | undefined;
  since: Instant;
  due: Instant;
  rungs: ObligationRung[];
  /** How many rungs lie behind: each is recorded once. */
  taken: number;
}

/** A moment at which somebody hears of it. `due` is the miss itself. */
export interface ObligationRung {
  at: Instant;
  kind: 'remind' | 'due' | 'escalate';
  to: Role;
}

const rung = z.object({ at, kind: z.enum(['remind', 'due', 'escalate']), to: role });
export const obligation = z.object({
  duty: z.string(),
  of: z.string().optional(),
  position,
  claimedBy: z.string().optional(),
  since: at,
  due: at,
  rungs: z.array(rung),
  taken: z.number().int(),
});

/** People's commands come before timers at one instant: met means recorded at or before `due`, so the miss is a second later. */
const AFTER_DUE = SECOND;

export interface ObligationTerms {
  duty: string;
  of?: string | undefined;
  position: Position;
  since: Instant;
  due: Instant;
  /** When the one who owes it is reminded; never after it is due. */
  remindAt?: Instant | undefined;
  /** Who hears at the due time (first, offset 0) and later; offsets in ms after the due time, rising. */
  ladder: readonly (readonly [offset: number, to: Role])[];
}

export const open = ({ duty, of, position, since, due, remindAt, ladder }: ObligationTerms): Obligation => {
  const reminders: ObligationRung[] =
    remindAt !== undefined && remindAt > since && remindAt < due
      ? [{ at: remindAt, kind: 'remind', to: position.role }]
      : [];
  const late = ladder.map(
    ([offset, to]): ObligationRung => ({ at: due + AFTER_DUE + offset, kind: offset === 0 ? 'due' : 'escalate', to }),
  );
  return { duty, ...(of === undefined ? {} : { of }), position, since, due, rungs: [...reminders, ...late], taken: 0 };
};

const rungData = z.object({
  duty: z.string().meta({ description: 'What is owed' }),
  of: z.string().optional().meta({ description: 'Which one, where several of a duty may be owed' }),
  due: at,
  rung: z.number().int().meta({ description: 'Position on the ladder; each is recorded once' }),
  to: position.meta({ description: 'The position that hears of it' }),
  claimedBy: z.string().optional(),
});

/** The three events every aggregate with obligations publishes; declared once, named per aggregate. */
export const obligationEvents = <T extends string>(type: T) =>
  [
    defineEvent(`${type}.reminded`, 'Something owed is due soon; its owner hears of it.', rungData),
    defineEvent(
      `${type}.missed`,
      'Something owed was not done by its due time. Dated by `due`, not by when it was seen.',
      rungData,
    ),
    defineEvent(`${type}.escalated`, 'Something owed is later still; a higher position hears of it.', rungData),
  ] as const;

type RungNewEvent<T extends string> = {
  name: `${T}.reminded` | `${T}.missed` | `${T}.escalated`;
  data: z.output<typeof rungData>;
};

const SAYS = { remind: 'reminded', due: 'missed', escalate: 'escalated' } as const;

/** What has to be said by now. A reminder that comes after the due time is passed over: the miss says more. */
export const dueRungs = <T extends string>(type: T, owed: readonly Obligation[], now: Instant): RungNewEvent<T>[] =>
  owed.flatMap((o) =>
    o.rungs
      .map((r, index) => ({ r, index }))
      .filter(({ r, index }) => index >= o.taken && r.at <= now && !(r.kind === 'remind' && now > o.due))
      .map(({ r, index }) => ({
        name: `${type}.${SAYS[r.kind]}` as const,
        data: {
          duty: o.duty,
          ...(o.of === undefined ? {} : { of: o.of }),
          due: o.due,
          rung: index,
          to: r.kind === 'remind' || r.to === o.position.role ? o.position : positionOf(r.to, o.position),
          ...(o.claimedBy === undefined ? {} : { claimedBy: o.claimedBy }),
        },
      })),
  );

/** A department's head is one of that department; every other position is the site's. */
const positionOf = (to: Role, owner: Position): Position =>
  to === 'department-head' ? { role: to, department: owner.department } : { role: to };

/** When the next rung is; `undefined` when nobody is left to tell. */
export const nextRungAt = (owed: readonly Obligation[]): Instant | undefined => {
  const moments = owed.flatMap((o) => o.rungs.slice(o.taken, o.taken + 1).map((r) => r.at));
  return moments.length === 0 ? undefined : Math.min(...moments);
};

/** Folds a reminded, missed or escalated event: that rung lies behind. */
export const tookRung = (
  owed: readonly Obligation[],
  data: { duty: string; of?: string | undefined; rung: number },
): Obligation[] =>
  owed.map((o) => (o.duty === data.duty && o.of === data.of ? { ...o, taken: Math.max(o.taken, data.rung + 1) } : o));

/** It is done, or waived with a reason (the event that says so carries it): no longer owed. */
export const without = (owed: readonly Obligation[], ...duties: string[]): Obligation[] =>
  owed.filter((o) => !duties.includes(o.duty));

/** One of several of a duty is no longer owed. */
export const withoutOne = (owed: readonly Obligation[], duty: string, of: string): Obligation[] =>
  owed.filter((o) => o.duty !== duty || o.of !== of);

export const claim = (owed: readonly Obligation[], duty: string, by: string): Obligation[] =>
  owed.map((o) => (o.duty === duty ? { ...o, claimedBy: by } : o));

export const isRungEvent = (name: string): boolean => /\.(reminded|missed|escalated)$/.test(name);
export type RungData = z.output<typeof rungData>;
