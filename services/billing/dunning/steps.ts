import type * as z from 'zod';
import type { Day, Instant } from '../../../shared/clock.ts';
import { dayPart } from '../../../shared/day-part.ts';
import type { Happening, PersonalRef } from '../../../shared/events.ts';
import { invalid, notFound, refuse } from '../../../shared/refusal.ts';
import type { Step } from '../accounts/account.ts';
import { done, type Happenings, type Situation } from '../accounts/decide.ts';
import type { AccountEvent, evidence } from '../accounts/events.ts';
import type { Channel, Rung } from '../accounts/terms.ts';

export type Evidence = z.output<typeof evidence>;
type Events = Happening<AccountEvent>[];

const named = ({ dueDay, rung, on }: Step) => ({ dueDay, rung, on });

/** A part of a step is done; with its last part the step is carried out. Done before, it stays as it was. */
const doPart = (step: Step, channel: Channel, proof: Evidence): Events => {
  if (!step.channels.includes(channel) || step.done.includes(channel)) return [];
  const part: Events[number] = { name: 'account.part-done', data: { ...named(step), channel, evidence: proof } };
  const left = step.channels.filter((one) => one !== channel && !step.done.includes(one));
  return left.length > 0 ? [part] : [part, { name: 'account.step-done', data: { ...named(step), doneAt: proof.at } }];
};

/** A letter reached its end: every step that it carried has that part behind it. */
export const letterDone = (
  on: Situation,
  steps: readonly { dueDay: Day; rung: Rung; on: Day }[],
  channel: Extract<Channel, 'email' | 'letter'>,
  proof: Evidence,
): Happenings => {
  if (!on.state) return notFound('account');
  const carried = on.state.steps.filter((step) =>
    steps.some((one) => one.dueDay === step.dueDay && one.rung === step.rung && one.on === step.on),
  );
  return done(
    on,
    carried.flatMap((step) => doPart(step, channel, proof)),
  );
};

export interface Call {
  outcome: 'reached' | 'no-answer' | 'refused' | 'wrong-number';
  calledAt: Instant;
  number?: PersonalRef | undefined;
  /** Whether a message was left or sent when nobody answered. */
  message: boolean;
}

/**
 * The payer was called about what is due. The part is done when they were reached, or by two attempts in different
 * parts of the day and a message (domain.md, Q5).
 */
export const call = (on: Situation, { outcome, calledAt, number, message }: Call): Happenings => {
  const { state, now, ground } = on;
  if (!state) return notFound('account');
  if (calledAt > now) return invalid({ field: 'body.calledAt', rule: 'not in the future' });
  const steps = state.steps.filter(
    ({ channels, done: behind }) => channels.includes('phone') && !behind.includes('phone'),
  );
  if (steps.length === 0) return refuse('account.no-step');
  const proof = { at: now, outcome };
  if (outcome === 'reached')
    return done(
      on,
      steps.flatMap((step) => doPart(step, 'phone', { ...proof, arrived: true })),
    );
  const part = dayPart(calledAt, ground.zone);
  const attempt: Events[number] = {
    name: 'account.called',
    data: { calledAt, outcome, dayPart: part, message, ...(number === undefined ? {} : { number }) },
  };
  const enough = steps.filter(({ calls }) => message && calls.some((before) => before !== part));
  return done(on, [attempt, ...enough.flatMap((step) => doPart(step, 'phone', proof))]);
};

/** Somebody went there, or the director looked at it: the step's own record. */
export const recorded = (
  on: Situation,
  channel: Extract<Channel, 'visit' | 'review'>,
  { outcome, words }: { outcome: string; words: PersonalRef },
): Happenings => {
  if (!on.state) return notFound('account');
  const steps = on.state.steps.filter(
    ({ channels, done: behind }) => channels.includes(channel) && !behind.includes(channel),
  );
  if (steps.length === 0) return refuse('account.no-step');
  return done(
    on,
    steps.flatMap((step) => doPart(step, channel, { at: on.now, outcome, words })),
  );
};
