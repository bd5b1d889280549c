import type { Envelope, Recorded } from '../../../../shared/domain/events.ts';
import type { Timeline } from '../../../../shared/policy/policy.ts';
import { contextThen } from '../../../../shared/policy/policy-context.ts';
import { addDays, atLocal, type Day, type Instant, localDay, startOfDay } from '../../../../shared/time/clock.ts';
import type { Account } from '../account.ts';
import { accountType } from '../aggregate.ts';
import type { AccountEvent, accountStepHeld } from '../events.ts';
import { openFenOf, overdue, stepName } from '../ledger/debts.ts';
import type { DunningRung, HoldKind } from '../terms.ts';
import { replayed } from './dun.ts';
import type { StepEvidence } from './steps.ts';

/** `settled`: nothing was open any more before it was carried out on its day; no proof that anything was delivered. */
export const PROOF_STATES = ['carried-out', 'settled', 'missed', 'running', 'held'] as const;
export type ProofState = (typeof PROOF_STATES)[number];

/** A step that was due on a day, with what proves that it was carried out. */
export interface ProvenStep {
  dueDay: Day;
  rung: DunningRung;
  state: ProofState;
  doneAt?: Instant | undefined;
  /** Of a held step: what stood in its way, and its last day as of then. */
  hold?: { hold: string; kind: HoldKind; until?: Day };
  /** Of its parts; what settled it, of the channel `settlement`. */
  evidence: (StepEvidence & { channel: string; payment?: string })[];
}

/** An account as it stood in arrears at the start of a day, and what was due to it on that day. */
export interface Proof {
  /** At the start of the day, or when its step was decided, where it came into arrears on the day itself (fen). */
  openFen: number;
  oldestDueDay: Day;
  steps: ProvenStep[];
  /** Why Q5 of the day isn't 100%: in words for programs, one for each step. Empty where nobody was missed. */
  gaps: { dueDay: Day; rung: DunningRung; why: 'not-decided' | 'not-carried-out' | 'superseded' }[];
}

type Event = Recorded<AccountEvent>;
interface Named {
  dueDay?: Day;
  rung?: DunningRung;
  on?: Day;
}
const isNamed =
  (step: { dueDay: Day; rung: DunningRung }, on: Day) =>
  ({ data }: Event): boolean => {
    const named = data as Named & { also?: Named[]; steps?: Named[] };
    return [named, ...(named.also ?? []), ...(named.steps ?? [])].some(
      ({ dueDay, rung, on: day }) => dueDay === step.dueDay && rung === step.rung && day === on,
    );
  };

/** The moments of a day at which steps were to be decided: those of the policies then in force, and where one began. */
const momentsOf = (day: Day, timeline: Timeline, zone: string): Instant[] => {
  const [start, end] = [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)];
  const ofDay = timeline.filter(
    ({ effective }, i) => (i === 0 || effective < end) && (timeline[i + 1]?.effective ?? end) > start,
  );
  const decisions = ofDay
    .map(({ values }) => atLocal(day, values.dunMinute, zone))
    .filter((at) => atLocal(day, contextThen(timeline, at, zone).policy.dunMinute, zone) === at);
  const begun = ofDay.map(({ effective }) => effective).filter((at) => localDay(at, zone) === day);
  return [...new Set([...decisions, ...begun])].sort((a, b) => a - b);
};

/** What should have been decided at a moment: worked out anew from the facts of before, not from what was recorded. */
const expected = (
  state: Account,
  at: Instant,
  timeline: Timeline,
  zone: string,
): { dueDay: Day; rung: DunningRung }[] => {
  const last = replayed(state, { since: state.seen, until: at, timeline, zone }).at(-1);
  if (last?.at !== at) return [];
  const held = last.said.flatMap(({ name, data }) => (name === 'account.step-held' ? [data] : []));
  return [...last.falls, ...held].filter(({ on }) => on === localDay(at, zone));
};

const proven = (
  step: { dueDay: Day; rung: DunningRung },
  day: Day,
  events: readonly Event[],
  due: Instant,
  now: Instant,
): ProvenStep => {
  const of = events.filter(isNamed(step, day));
  const evidence = of.flatMap((event) =>
    event.name === 'account.part-done' || event.name === 'account.part-proven'
      ? [{ ...event.data.evidence, channel: event.data.channel }]
      : [],
  );
  const named = { dueDay: step.dueDay, rung: step.rung, evidence };
  const held = of.find((event) => event.name === 'account.step-held');
  if (held) return { ...named, state: 'held', hold: holdOf(held, events) };
  const instead = of.find((event) => event.name === 'account.held');
  if (instead && instead.at <= due) {
    const { hold, kind, until } = instead.data;
    return { ...named, state: 'held', hold: { hold, kind, until } };
  }
  const done = of.find((event) => event.name === 'account.step-done');
  if (!done) return { ...named, doneAt: undefined, state: now > due ? 'missed' : 'running' };
  const { doneAt, settled } = done.data;
  const proofs = settled ? [...evidence, ...settlementOf(done, events)] : evidence;
  return { ...named, evidence: proofs, doneAt, state: doneAt > due ? 'missed' : settled ? 'settled' : 'carried-out' };
};

/** The hold that stood in a step's way. */
const holdOf = ({ version, data: { hold, kind } }: Recorded<typeof accountStepHeld>, events: readonly Event[]) => {
  const held = events.findLast(
    (event) => event.name === 'account.held' && event.data.hold === hold && event.version < version,
  );
  return { hold, kind, ...(held?.name === 'account.held' ? { until: held.data.until } : {}) };
};

/** What left nothing open: a payment, a waiver or a correction, entered together with the end of the step. */
const settlementOf = (ended: Event, events: readonly Event[]): ProvenStep['evidence'] => {
  const event = events.findLast(({ name, version }) => version < ended.version && name !== 'account.step-done');
  if (!event) return [];
  const { payment } = event.data as { payment?: string };
  const outcome = event.name.slice('account.'.length);
  return [{ channel: 'settlement', at: event.at, outcome, ...(payment === undefined ? {} : { payment }) }];
};

/**
 * No earlier than when each event was known: what is taken up late is dated by what it was told, and recorded after what comes
 * before it. Of one with nothing between, its own moment is all that is known.
 */
const knownSince = (events: readonly Envelope[]): Instant[] => {
  let last = 0;
  return events.map(({ at }) => (last = Math.max(last, at)));
};

/** The account after so many of its events, each of which is folded once. */
const standing = (events: readonly Envelope[]) => {
  const states: (Account | undefined)[] = [undefined];
  return (count: number): Account | undefined => {
    for (let n = states.length; n <= count; n++) states.push(accountType.fold(states[n - 1], events[n - 1] as Event));
    return states[count];
  };
};

/**
 * Proof that nobody was missed on a day (pure): the account as frozen at the start of it, the steps that were due by the
 * facts and the policy of then, each with its evidence, and what is missing. `undefined` where it wasn't in arrears. One
 * that came into them on the day itself (a payment reversed, old debts taken over) is there for the step that it got.
 * @param events the account's whole journal; what was recorded for a day never changes
 * @param timeline reaches back to the first of them
 */
export const proofOf = (
  events: readonly Envelope[],
  day: Day,
  { timeline, zone, now }: { timeline: Timeline; zone: string; now: Instant },
): Proof | undefined => {
  const start = startOfDay(day, zone);
  const known = knownSince(events);
  const after = standing(events);
  const upTo = (first: number) => after(first === -1 ? events.length : first);
  const stoodAt = (instant: Instant) => upTo(known.findIndex((since) => since >= instant));
  const all = events as Event[];
  const recorded = all.flatMap((event) => {
    const is =
      event.name === 'account.step-due' ||
      event.name === 'account.step-held' ||
      event.name === 'account.step-superseded';
    return is && event.data.on === day ? [event] : [];
  });
  const decided = momentsOf(day, timeline, zone).flatMap((moment) => {
    const state = moment <= now ? stoodAt(moment) : undefined;
    return state ? expected(state, moment, timeline, zone).map((step) => ({ ...step, state })) : [];
  });
  const [should] = decided;
  const [first] = recorded;
  const arrears = [
    stoodAt(start),
    ...(should ? [should.state] : []),
    ...(first ? [upTo(events.findIndex(({ version }) => version >= first.version))] : []),
  ]
    .map((state) => (state ? overdue(state, day) : []))
    .find((debts) => debts.length > 0);
  if (!arrears) return undefined;
  const due = startOfDay(addDays(day, 1), zone);
  const steps = new Map(
    [...decided, ...recorded.map(({ data }) => data)].map(({ dueDay, rung }) => [
      stepName({ dueDay, rung, on: day }),
      { dueDay, rung },
    ]),
  );
  const proofs = [...steps.values()].map((step) => proven(step, day, all, due, now));
  const gaps = proofs.flatMap(({ dueDay, rung, state }): Proof['gaps'] => {
    const found = recorded.find(isNamed({ dueDay, rung }, day));
    if (!found) return [{ dueDay, rung, why: 'not-decided' }];
    if (found.name === 'account.step-superseded') return [{ dueDay, rung, why: 'superseded' }];
    return state === 'missed' ? [{ dueDay, rung, why: 'not-carried-out' }] : [];
  });
  return {
    openFen: openFenOf({ debts: arrears }),
    oldestDueDay: arrears.map(({ dueDay }) => dueDay).sort()[0] as Day,
    steps: proofs,
    gaps,
  };
};
