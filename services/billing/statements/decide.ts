import { calendarOf, rolled } from '../../../shared/calendar/calendar.ts';
import { addDays, type Day, endOfDay, HOUR, localDay, startOfDay } from '../../../shared/clock.ts';
import type { Situation as On } from '../../../shared/command.ts';
import type { Happening, PersonalRef } from '../../../shared/events.ts';
import { guard } from '../../../shared/machine.ts';
import { type Obligation, open } from '../../../shared/obligation.ts';
import type { Ground } from '../../../shared/policy.ts';
import { FINANCE } from '../../../shared/posts.ts';
import { notFound, Refusal } from '../../../shared/refusal.ts';
import type { RemittanceEvent } from './events.ts';
import { type Remittance, TRANSITIONS } from './remittance.ts';
import type { Rule } from './terms.ts';

export type Situation = Omit<On<Remittance>, 'actor'>;
type Events = Happening<RemittanceEvent>[];

/** So many working days after a day, which doesn't count itself. */
export const workingDaysAfter = (day: Day, days: number, zone: string): Day => {
  let last = day;
  for (let n = 0; n < days; n++) last = rolled(addDays(last, 1), calendarOf(zone));
  return last;
};

/** Finance finds out whose it is by 24:00 of so many working days later; the day on which it was told doesn't count. */
export const oweClaim = (now: number, { zone, policy }: Ground): Obligation => {
  const day = workingDaysAfter(localDay(now, zone), policy.unclaimedDays, zone);
  return open({
    duty: 'claim',
    post: { role: 'department-head', department: FINANCE },
    since: now,
    due: endOfDay(startOfDay(day, zone), zone),
    ladder: [
      [0, 'centre-manager'],
      [policy.escalateManagerHours * HOUR, 'site-director'],
    ],
  });
};

export type Told = Omit<Remittance, 'status' | 'policy' | 'owed' | 'at' | 'payment' | 'party' | 'rule'>;

/** A line is told of once; told again it stays as it is. */
export const tell = ({ state, now, ground }: Situation, told: Told): Events =>
  state ? [] : [{ name: 'remittance.told', data: { ...told, policy: ground.version, opens: [oweClaim(now, ground)] } }];

const admit = ({ state }: Situation, command: 'claim' | 'set-aside'): Remittance | Refusal => {
  if (!state) return notFound('remittance');
  return guard(TRANSITIONS, command, state.status, 'remittance.not-now') ?? state;
};

export const claim = (
  on: Situation,
  { payment, party, rule }: { payment: string; party: string; rule?: Rule | undefined },
): Events | Refusal => {
  const state = admit(on, 'claim');
  if (state instanceof Refusal) return state;
  return [{ name: 'remittance.claimed', data: { payment, party, ...(rule === undefined ? {} : { rule }) } }];
};

export const setAside = (on: Situation, words: PersonalRef): Events | Refusal => {
  const state = admit(on, 'set-aside');
  return state instanceof Refusal ? state : [{ name: 'remittance.set-aside', data: { words } }];
};
