import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { guard } from '../../../shared/domain/machine.ts';
import { type Obligation, open } from '../../../shared/domain/obligation.ts';
import { invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Situation as On } from '../../../shared/journal/command.ts';
import { FINANCE } from '../../../shared/people/positions.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { calendarOf, rolled } from '../../../shared/time/calendar/calendar.ts';
import { addDays, type Day, endOfDay, HOUR, localDay, startOfDay } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { RemittanceEvent } from './events.ts';
import { type Proposal, partId, type Remittance, TRANSITIONS } from './remittance.ts';
import type { ClaimRule } from './terms.ts';

export type Situation = Omit<On<Remittance>, 'actor'>;
type Events = NewEvent<RemittanceEvent>[];

/** So many working days after a day, which doesn't count itself. */
export const workingDaysAfter = (day: Day, days: number, zone: string): Day => {
  let last = day;
  for (let n = 0; n < days; n++) last = rolled(addDays(last, 1), calendarOf(zone));
  return last;
};

/** Finance finds out whose it is by 24:00 of so many working days later; the day on which it was told doesn't count. */
export const oweClaim = (now: number, { zone, policy }: PolicyContext): Obligation => {
  const day = workingDaysAfter(localDay(now, zone), policy.unclaimedDays, zone);
  return open({
    duty: 'claim',
    position: { role: 'department-head', department: FINANCE },
    since: now,
    due: endOfDay(startOfDay(day, zone), zone),
    ladder: [
      [0, 'centre-manager'],
      [policy.escalateManagerHours * HOUR, 'site-director'],
    ],
  });
};

export type EnteredLine = Omit<
  Remittance,
  'status' | 'policy' | 'owed' | 'at' | 'payment' | 'party' | 'rule' | 'parts' | 'claims'
>;

/** A line is told of once; told again it stays as it is. */
export const enterLine = ({ state, now, context }: Situation, told: EnteredLine): Events =>
  state
    ? []
    : [{ name: 'remittance.told', data: { ...told, policy: context.version, opens: [oweClaim(now, context)] } }];

const admit = ({ state }: Pick<Situation, 'state'>, command: keyof typeof TRANSITIONS): Remittance | Refusal => {
  if (!state) return notFound('remittance');
  return guard(TRANSITIONS, command, state.status, 'remittance.not-now') ?? state;
};

export const claim = (
  on: Situation,
  { payment, party, rule }: { payment: string; party: string; rule?: ClaimRule | undefined },
): Events | Refusal => {
  const state = admit(on, 'claim');
  if (state instanceof Refusal) return state;
  return [{ name: 'remittance.claimed', data: { payment, party, ...(rule === undefined ? {} : { rule }) } }];
};

export const setAside = (on: Situation, words: PersonalRef): Events | Refusal => {
  const state = admit(on, 'set-aside');
  return state instanceof Refusal ? state : [{ name: 'remittance.set-aside', data: { words } }];
};

export const PARTS_MAX = 20;

/** How a line is cut up: exactly its sum, each part told of as money of its own. @returns the line's events, then each part's */
export const split = (
  { id, state, now, context }: Situation & { id: string },
  parts: readonly { fen: number; proposals: Proposal[] }[],
): Events[] | Refusal => {
  const line = admit({ state }, 'split');
  if (line instanceof Refusal) return line;
  if (line.part !== undefined) return refuse('remittance.part');
  if (sumFen(parts.map(({ fen }) => fen)) !== line.fen) {
    return invalid({ field: 'body.parts', rule: 'field.parts-sum', details: { fen: line.fen } });
  }
  const before = partsBefore(line);
  const ids = parts.map((_, i) => partId(id, before + i + 1));
  const { channel, paidOn, number, name, remark, reference } = line;
  const said = { channel, paidOn, number, name, remark, reference, part: id };
  return [
    [{ name: 'remittance.split', data: { parts: ids, before } }],
    ...parts.map((part) => enterLine({ state: undefined, now, context }, { ...said, ...part })),
  ];
};
export const partsBefore = ({ parts }: Pick<Remittance, 'parts'>): number =>
  parts ? parts.before + parts.ids.length : 0;

/** The inverse: nothing of it is claimed. @returns the line's events, then each part's */
export const join = (
  { state, now, context }: Situation,
  parts: readonly (Remittance | undefined)[],
): Events[] | Refusal => {
  const line = admit({ state }, 'join');
  if (line instanceof Refusal) return line;
  const refused = parts.map((part) => admit({ state: part }, 'dissolve')).find((one) => one instanceof Refusal);
  if (refused instanceof Refusal) return refused;
  return [
    [{ name: 'remittance.reopened', data: { opens: [oweClaim(now, context)] } }],
    ...parts.map((): Events => [{ name: 'remittance.joined', data: {} }]),
  ];
};

/** The payment that it was claimed as was reversed: the money came all the same, and is owed an answer again. */
export const reopened = (
  state: Remittance | undefined,
  payment: string,
  on: Pick<Situation, 'now' | 'context'>,
): Events =>
  state?.status === 'claimed' && state.payment === payment
    ? [{ name: 'remittance.reopened', data: { payment, opens: [oweClaim(on.now, on.context)] } }]
    : [];
