import type * as z from 'zod';
import type { Envelope, NewEvent, PersonalRef, Recorded } from '../../../../shared/domain/events.ts';
import { invalid, notFound, Refusal, refuse } from '../../../../shared/domain/refusal.ts';
import { decision } from '../../../../shared/journal/decision.ts';
import { type Instant, localDay, toldInstant } from '../../../../shared/time/clock.ts';
import { dayPart } from '../../../../shared/time/day-part.ts';
import type { Account, DunningStep } from '../account.ts';
import { done, existing, type NewEvents, type Situation } from '../decide.ts';
import type { AccountEvent, evidence } from '../events.ts';
import { isAbout, isStep, overdue, stepName } from '../ledger/debts.ts';
import type { DunningChannel } from '../terms.ts';
import { CHANNELS_OF, hasLetter } from './ladder.ts';

export type StepEvidence = z.output<typeof evidence>;
type Events = NewEvent<AccountEvent>[];

const named = ({ dueDay, rung, on }: Named) => ({ dueDay, rung, on });

/** A part of a step is done; with its last part the step is carried out. Done before, it stays as it was. */
const doPart = (step: DunningStep, channel: DunningChannel, proof: StepEvidence): Events => {
  if (!step.channels.includes(channel) || step.done.includes(channel)) return [];
  const part: Events[number] = { name: 'account.part-done', data: { ...named(step), channel, evidence: proof } };
  const left = step.channels.filter((one) => one !== channel && !step.done.includes(one));
  return left.length > 0 ? [part] : [part, { name: 'account.step-done', data: { ...named(step), doneAt: proof.at } }];
};

/** Steps as a letter names them: each was decided, or there would be no letter. */
type Named = Pick<DunningStep, 'dueDay' | 'rung' | 'on'>;
type LetterChannel = Extract<DunningChannel, 'email' | 'letter'>;

/** The step, where it still waits for that part. */
const waiting = ({ steps }: Pick<Account, 'steps'>, step: Named, channel: DunningChannel): DunningStep | undefined =>
  steps.find((one) => isStep(step)(one) && one.channels.includes(channel) && !one.done.includes(channel));

/** Whether one of a letter's steps no longer waits for it: what is known of it then stands in the journal alone. */
export const liesBehind = (state: Account, steps: readonly Named[], channel: LetterChannel): boolean =>
  steps.some((step) => !waiting(state, step, channel));

/** Whether that evidence was entered before, for that part of a step. */
const isEntered = (step: Named, channel: DunningChannel, { letter, at, arrived }: StepEvidence) => {
  const name = stepName(step);
  return (event: Recorded<AccountEvent>): boolean =>
    (event.name === 'account.part-done' || event.name === 'account.part-proven') &&
    stepName(event.data) === name &&
    event.data.channel === channel &&
    event.data.evidence.letter === letter &&
    event.data.evidence.at === at &&
    event.data.evidence.arrived === arrived;
};

/**
 * Something became of a letter: every step that it carried has that part behind it. Where it had, or where a payment or a
 * higher step ended it, the evidence is entered beside it: an arrival interrupts the limitation however late it is.
 * @param entered the account's journal; needed where a step lies behind
 */
export const letterDone = (
  on: Situation,
  steps: readonly Named[],
  channel: LetterChannel,
  proof: StepEvidence,
  entered: readonly Envelope[],
): NewEvents => {
  const { state } = on;
  if (!state) return notFound('account');
  return done(
    on,
    steps.flatMap((step): Events => {
      const open = waiting(state, step, channel);
      if (open) return doPart(open, channel, proof);
      if ((entered as Recorded<AccountEvent>[]).some(isEntered(step, channel, proof))) return [];
      return [{ name: 'account.part-proven', data: { ...named(step), channel, evidence: proof } }];
    }),
  );
};

/** The steps that still wait for that part. */
const openFor = ({ steps }: Account, channel: DunningChannel): DunningStep[] =>
  steps.filter(({ channels, done: behind }) => channels.includes(channel) && !behind.includes(channel));
const waitsFor =
  (channel: DunningChannel) =>
  (on: Situation): Account | Refusal => {
    const state = existing(on);
    return state instanceof Refusal || openFor(state, channel).length > 0 ? state : refuse('account.no-step');
  };

export interface DunningCall {
  outcome: 'reached' | 'no-answer' | 'refused' | 'wrong-number';
  calledAt: Instant;
  number?: PersonalRef | undefined;
  /** Whether a message was left or sent when nobody answered. */
  message: boolean;
}

/** Calls in vain that one step keeps; who was called as often is visited or written to. */
const CALLS_MOST = 20;

/** Two attempts in different parts of the day, and a message at one of them; outside the hours of calling is no part of it. */
const isEnough = (calls: DunningStep['calls']): boolean =>
  new Set(calls.flatMap(({ dayPart }) => dayPart ?? [])).size > 1 && calls.some(({ message }) => message);

/**
 * The payer was called about what is due. The part is done when they were reached, whatever they said, or by two attempts in different
 * parts of the day and a message (domain.md, Q5).
 */
export const call = decision(waitsFor('phone'), (on, state, said: DunningCall): NewEvents => {
  const { outcome, calledAt: told, number, message } = said;
  const { now, context } = on;
  const calledAt = toldInstant(told, now);
  if (calledAt > now) return invalid({ field: 'body.calledAt', rule: 'field.not-future' });
  const steps = openFor(state, 'phone').filter(isAbout(state, calledAt));
  if (steps.length === 0) return invalid({ field: 'body.calledAt', rule: 'field.not-before-due' });
  const proof = { at: now, outcome };
  // Who refuses to pay was spoken to.
  if (outcome === 'reached' || outcome === 'refused')
    return done(
      on,
      steps.flatMap((step) => doPart(step, 'phone', { ...proof, arrived: true })),
    );
  if (steps.some(({ calls }) => calls.length >= CALLS_MOST))
    return refuse('account.called-enough', { most: CALLS_MOST });
  const attempt = { calledAt, dayPart: dayPart(calledAt, context), message };
  const enough = steps.filter(({ calls }) => isEnough([...calls, attempt]));
  return done(on, [
    { name: 'account.called', data: { ...attempt, outcome, ...(number === undefined ? {} : { number }) } },
    ...enough.flatMap((step) => doPart(step, 'phone', proof)),
  ]);
});

const recordedAs = (channel: Extract<DunningChannel, 'visit' | 'review'>) =>
  decision(
    waitsFor(channel),
    (on, state, { outcome, words }: { outcome: string; words: PersonalRef }): NewEvents =>
      done(
        on,
        openFor(state, channel).flatMap((step) => doPart(step, channel, { at: on.now, outcome, words })),
      ),
  );
/** Somebody went there, or the director looked at it: the step's own record. */
export const recorded = { visit: recordedAs('visit'), review: recordedAs('review') };

/** Some step asks a person whether its letter goes out all the same. */
const asksForLetters = (on: Situation): Account | Refusal => {
  const state = existing(on);
  if (state instanceof Refusal) return state;
  return state.steps.some(({ asks }) => asks && hasLetter(CHANNELS_OF[asks.message]))
    ? state
    : refuse('account.no-step');
};

/** A person decides that letters go out all the same, though they asked first. */
export const sendLetters = decision(asksForLetters, (on, state, words: PersonalRef): NewEvents => {
  const { unit, party } = state;
  const { now, context } = on;
  const today = localDay(now, context.zone);
  const sent = state.steps.flatMap(({ dueDay, rung, on: day, asks }): Events => {
    const channels = asks ? [...CHANNELS_OF[asks.message]] : [];
    if (!asks || !hasLetter(channels)) return [];
    const debts = overdue(state, today)
      .filter((debt) => debt.dueDay === dueDay)
      .map(({ clock: _, lateThrough: __, ...debt }) => debt);
    const named = { dueDay, rung, on: day, unit, party, message: asks.message };
    return [{ name: 'account.step-sent', data: { ...named, channels, debts, words } }];
  });
  return done(on, sent);
});
