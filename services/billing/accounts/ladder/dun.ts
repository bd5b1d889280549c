import type { NewEvent } from '../../../../shared/domain/events.ts';
import { open } from '../../../../shared/domain/obligation.ts';
import type { Timeline } from '../../../../shared/policy/policy.ts';
import { contextThen, type PolicyContext } from '../../../../shared/policy/policy-context.ts';
import {
  addDays,
  atLocal,
  type Day,
  daysBetween,
  HOUR,
  type Instant,
  localDay,
  startOfDay,
} from '../../../../shared/time/clock.ts';
import type { Account } from '../account.ts';
import { foreseen, nextDunning } from '../complete.ts';
import type { AccountEvent } from '../events.ts';
import { overdue, stepName } from '../ledger/debts.ts';
import { heldOn } from './holds.ts';
import { above, asksOf, ladderOf, momentOf, positionOf, type SetRung } from './ladder.ts';

type NewEvents = NewEvent<AccountEvent>[];

/** A step that falls due: the rung, for the debts of a due day, and the day of the step. */
export interface Falling extends SetRung {
  dueDay: Day;
  on: Day;
}

/** What there is to decide about an account at a moment, by the facts and the policy of then. */
interface Decided {
  at: Instant;
  /** Holds that are over, and steps that a hold stands in the way of. */
  said: NewEvents;
  falls: Falling[];
}

/**
 * Holds whose last day is over. A promise that ends with something still overdue is broken; what else paused dunning on
 * that day is said with it.
 */
const released = ({ holds }: Account, today: Day): NewEvents =>
  Object.entries(holds)
    .filter(([, { until }]) => until < today)
    .map(([hold, { kind, until }]) => {
      if (kind !== 'promise') return { name: 'account.released', data: { hold, kind, why: 'ended' } };
      const others = Object.entries(holds).filter(([, other]) => other.kind !== 'promise');
      const beside = heldOn({ holds: Object.fromEntries(others) }, until)?.[1].kind;
      return { name: 'account.released', data: { hold, kind, why: 'broken', ...(beside ? { beside } : {}) } };
    });

/**
 * What falls due at a moment, of each due day the highest rung: those below it lie behind, or were decided. What a hold
 * stands in the way of is listed once, and falls due when the hold is over. Nothing is before the day's moment: nobody is
 * written to at night.
 */
const fallsDue = (state: Account, at: Instant, { zone, policy }: PolicyContext): Decided => {
  const today = localDay(at, zone);
  const over = released(state, today);
  if (at < atLocal(today, policy.dunMinute, zone)) return { at, said: over, falls: [] };
  const hold = heldOn(state, today);
  const falls = [...new Set(overdue(state, today).map(({ dueDay }) => dueDay))].flatMap((dueDay): Falling[] => {
    const { passed = [], held = [], missed } = state.ladders[dueDay] ?? {};
    const highest = above(ladderOf(policy), hold ? [...passed, ...held] : passed).findLast(
      (rung) => momentOf(dueDay, rung, zone, policy) <= at,
    );
    if (highest) return [{ ...highest, dueDay, on: today }];
    return missed && !hold ? [{ ...missed, dueDay, days: daysBetween(dueDay, missed.on) }] : [];
  });
  if (!hold) return { at, said: over, falls };
  const [name, { kind }] = hold;
  const held = falls.map(({ dueDay, rung, on }): NewEvents[number] => ({
    name: 'account.step-held',
    data: { dueDay, rung, on, hold: name, kind },
  }));
  return { at, said: [...over, ...held], falls: [] };
};

/** Steps as they are recorded: those of one moment are one message, the highest. */
const stepsDue = (
  state: Account,
  falls: readonly Falling[],
  now: Instant,
  { zone, policy }: PolicyContext,
): NewEvents => {
  const highest = falls.reduce<Falling | undefined>(
    (high, one) => (high && high.days >= one.days ? high : one),
    undefined,
  );
  if (!highest) return [];
  // A policy of the same day may put a higher rung in the place of one that is still to be carried out today.
  const replaced = falls.flatMap(({ dueDay, rung: by }) =>
    state.steps
      .filter((step) => step.dueDay === dueDay && step.due > now)
      .map(({ rung, on }): NewEvents[number] => ({ name: 'account.step-superseded', data: { dueDay, rung, on, by } })),
  );
  const steps = falls.map(({ dueDay, rung, on, days }): NewEvents[number] => {
    const due = startOfDay(addDays(on, 1), zone);
    const debts = overdue(state, localDay(now, zone)).filter((debt) => debt.dueDay === dueDay);
    return {
      name: 'account.step-due',
      data: {
        dueDay,
        rung,
        on,
        unit: state.unit,
        party: state.party,
        message: highest.rung,
        days,
        ...asksOf(state, highest.rung),
        debts: debts.map(({ clock: _, lateThrough: __, ...debt }) => debt),
        due,
        opens: [
          open({
            duty: 'step',
            of: stepName({ dueDay, rung, on }),
            position: { role: positionOf(highest.rung) },
            since: now,
            due,
            ladder: [
              [0, highest.rung === 'review' ? 'group-manager' : 'supervisor'],
              [policy.escalateManagerHours * HOUR, 'centre-manager'],
              [policy.escalateDirectorHours * HOUR, 'site-director'],
            ],
          }),
        ],
      },
    };
  });
  return [...replaced, ...steps];
};

/**
 * What was to decide at each moment after `since`, one after the other (pure), each by the policy in force then and by what
 * the moments before had led to. The account's own facts have not changed meanwhile: whatever changes them comes after
 * what had fallen due (`fallenFirst`).
 * @param timeline reaches back to `since`
 */
export const replayed = (
  state: Account,
  { since, until, timeline, zone }: { since: Instant; until: Instant; timeline: Timeline; zone: string },
): Decided[] => {
  const all: Decided[] = [];
  let account = state;
  for (let after = since; ; ) {
    const at = nextDunning(account, after, contextThen(timeline, after, zone));
    if (at === null || at > until) return all;
    const context = contextThen(timeline, at, zone);
    const decided = fallsDue(account, at, context);
    all.push(decided);
    account = foreseen(account, [...decided.said, ...stepsDue(account, decided.falls, at, context)], at);
    after = at;
  }
};

/**
 * What dunning does with an account at an instant (pure): after a gap only the highest rung that fell due for a due day
 * acts, and the lower ones are recorded as missed, superseded. Found before the day's moment, that one waits for it, and
 * what fell due on the days before is recorded as missed all the same. Steps of several due days are one message, the
 * highest. Run again it does nothing: what was decided stands in the account.
 * @param since all that had fallen due by then is decided; the timeline reaches back to it
 */
export const dun = (
  state: Account,
  now: Instant,
  timeline: Timeline,
  zone: string,
  since: Instant = state.seen,
): NewEvents => {
  const all = replayed(state, { since, until: now, timeline, zone });
  const context = contextThen(timeline, now, zone);
  const today = localDay(now, zone);
  const groups = [
    ...Map.groupBy(
      all.flatMap(({ falls }) => falls),
      ({ dueDay }) => dueDay,
    ).values(),
  ];
  const last = groups.flatMap((falls) => falls.at(-1) ?? []);
  const isDay = now >= atLocal(today, context.policy.dunMinute, zone);
  const acting = last.filter(({ on }) => isDay || on === today);
  const missed = groups.flatMap((falls): NewEvents => {
    const { rung: by } = falls.at(-1) as Falling;
    const behind = falls.filter((one, i) => i < falls.length - 1 || !acting.includes(one));
    return behind
      .filter(({ dueDay, rung }) => state.ladders[dueDay]?.missed?.rung !== rung)
      .map(({ dueDay, rung, on }) => ({ name: 'account.step-superseded', data: { dueDay, rung, on, by } }));
  });
  return [...all.flatMap(({ said }) => said), ...missed, ...stepsDue(state, acting, now, context)];
};
