import { addDays, atLocal, type Day, endOfDay, HOUR, type Instant, localDay } from '../../../shared/clock.ts';
import type { Happening } from '../../../shared/events.ts';
import { open } from '../../../shared/obligation.ts';
import type { Ground, PolicyValues } from '../../../shared/policy.ts';
import type { Account, Debt } from '../accounts/account.ts';
import { overdue, stepName } from '../accounts/debts.ts';
import type { AccountEvent } from '../accounts/events.ts';
import type { Rung } from '../accounts/terms.ts';
import { heldOn } from './holds.ts';
import { above, CHANNELS_OF, ladderOf, momentOf, postOf, type SetRung } from './ladder.ts';

type Happenings = Happening<AccountEvent>[];

/** The policy that was in force at an instant; a rule enabled later was owed nothing before. */
export type PolicyAt = (instant: Instant) => PolicyValues;

interface Group {
  dueDay: Day;
  debts: Debt[];
  /** What has fallen due and isn't decided, lowest first, each with the day on which it did. */
  fallen: (SetRung & { on: Day; owed: boolean })[];
  held: Rung[];
}

/** Due days with open debts, and which rungs of theirs have fallen due by now. */
const groups = (state: Account, now: Instant, { zone, policy }: Ground, policyAt: PolicyAt): Group[] => {
  const today = localDay(now, zone);
  return [...Map.groupBy(overdue(state, today), ({ dueDay }) => dueDay)].map(([dueDay, debts]) => {
    const { passed = [], held = [] } = state.ladders[dueDay] ?? {};
    const fallen = above(ladderOf(policy), passed).flatMap((rung) => {
      const moment = momentOf(dueDay, rung, zone, policy);
      if (moment > now) return [];
      const on = addDays(dueDay, rung.days);
      // It was owed on its day if the debt was there, and the rule was.
      const inForce = ladderOf(policyAt(moment)).some((one) => one.rung === rung.rung && one.days === rung.days);
      return [{ ...rung, on, owed: on === today || (inForce && debts.some(({ since }) => since <= moment)) }];
    });
    return { dueDay, debts, fallen, held };
  });
};

/**
 * Holds whose last day is over. A promise that ends with something still overdue is broken; what else paused dunning on
 * that day is said with it.
 */
const released = ({ holds }: Account, today: Day): Happenings =>
  Object.entries(holds)
    .filter(([, { until }]) => until < today)
    .map(([hold, { kind, until }]) => {
      if (kind !== 'promise') return { name: 'account.released', data: { hold, kind, why: 'ended' } };
      const others = Object.entries(holds).filter(([, other]) => other.kind !== 'promise');
      const beside = heldOn({ holds: Object.fromEntries(others) }, until)?.[1].kind;
      return { name: 'account.released', data: { hold, kind, why: 'broken', ...(beside ? { beside } : {}) } };
    });

/** What a hold stands in the way of: listed and counted apart, each once. */
const heldSteps = (group: Group, [hold, { kind, from }]: NonNullable<ReturnType<typeof heldOn>>): Happenings =>
  group.fallen
    .filter(({ rung, on }) => on >= from && !group.held.includes(rung))
    .map(({ rung, on }) => ({ name: 'account.step-held', data: { dueDay: group.dueDay, rung, on, hold, kind } }));

/** The day of a step: its own; today, where it wasn't owed then, or a hold stood in its way. */
const dayOf = ({ on, owed, rung }: Group['fallen'][number], held: readonly Rung[], today: Day): Day =>
  owed && !held.includes(rung) ? on : today;

/**
 * What dunning does with an account at an instant (pure): after a gap only the highest due rung of a due day acts, and
 * the lower ones that were owed on their day are recorded as missed, superseded. Steps of several due days are one
 * message, the highest. Run again it does nothing: what was decided stands in the account.
 */
export const dun = (state: Account, now: Instant, ground: Ground, policyAt: PolicyAt): Happenings => {
  const { zone, policy } = ground;
  const today = localDay(now, zone);
  const over = released(state, today);
  // However late it is found, a step waits for the day's moment: nobody is written to at night, or twice on a day.
  if (now < atLocal(today, policy.dunMinute, zone)) return over;
  const holds = Object.fromEntries(Object.entries(state.holds).filter(([, { until }]) => until >= today));
  const hold = heldOn({ holds }, today);
  const due = groups(state, now, ground, policyAt).filter(({ fallen }) => fallen.length > 0);
  if (hold) return [...over, ...due.flatMap((group) => heldSteps(group, hold))];

  const acting = due.map((group) => ({ group, step: group.fallen.at(-1) as Group['fallen'][number] }));
  const highest = acting.reduce<SetRung | undefined>(
    (high, { step }) => (high && high.days >= step.days ? high : step),
    undefined,
  );
  if (!highest) return over;
  const steps = acting.flatMap(({ group: { dueDay, debts, fallen, held }, step }): Happenings => {
    const on = dayOf(step, held, today);
    const lower = fallen.slice(0, -1).filter(({ owed, rung }) => owed && !held.includes(rung));
    const until = endOfDay(momentOf(on, { ...step, days: 0 }, zone, policy), zone);
    const named = { dueDay, rung: step.rung, on };
    return [
      ...lower.map(({ rung, on: day }): Happenings[number] => ({
        name: 'account.step-superseded',
        data: { dueDay, rung, on: day, by: step.rung },
      })),
      {
        name: 'account.step-due',
        data: {
          ...named,
          unit: state.unit,
          party: state.party,
          message: highest.rung,
          days: step.days,
          channels: [...CHANNELS_OF[highest.rung]],
          debts: debts.map(({ since: _, clock: __, lateThrough: ___, ...debt }) => debt),
          due: until,
          opens: [
            open({
              duty: 'step',
              of: stepName(named),
              post: { role: postOf(highest.rung) },
              since: now,
              due: until,
              ladder: [
                [0, highest.rung === 'review' ? 'group-manager' : 'supervisor'],
                [policy.escalateManagerHours * HOUR, 'centre-manager'],
                [policy.escalateDirectorHours * HOUR, 'site-director'],
              ],
            }),
          ],
        },
      },
    ];
  });
  return [...over, ...steps];
};
