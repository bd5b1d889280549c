import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { guard } from '../../../shared/domain/machine.ts';
import { type Obligation, open } from '../../../shared/domain/obligation.ts';
import { invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Situation as On } from '../../../shared/journal/command.ts';
import { decision } from '../../../shared/journal/decision.ts';
import { DECIDERS, FINANCE } from '../../../shared/people/positions.ts';
import { newSignIn, notSecond } from '../../../shared/people/second-person.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { type Day, endOfDay, HOUR, localDay, startOfDay } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type { PaymentMethod } from '../accounts/contract.ts';
import { workingDaysAfter } from '../statements/contract.ts';
import { type CashDay, isSigned, type Signed, TRANSITIONS } from './cash-day.ts';
import type { CashDayEvent } from './events.ts';
import { type DayFigures, inTill, isUnderWay, unexplained } from './figures.ts';

export type Situation = On<CashDay>;
type Events = NewEvent<CashDayEvent>[];

/** Finance has a day closed by 24:00 of so many working days after it, or after it changed. */
export const oweClose = (day: Day, now: number, { zone, policy }: PolicyContext): Obligation => {
  const today = localDay(now, zone);
  const from = day > today ? day : today;
  return open({
    duty: 'close',
    position: { role: 'department-head', department: FINANCE },
    since: now,
    due: endOfDay(startOfDay(workingDaysAfter(from, policy.closeCashDays, zone), zone), zone),
    ladder: [
      [0, 'centre-manager'],
      [policy.escalateManagerHours * HOUR, 'site-director'],
    ],
  });
};

/** A second person decides whether a signed day is opened again. */
const oweReopen = (now: number, { policy }: PolicyContext): Obligation =>
  open({
    duty: 'reopen',
    position: { role: 'centre-manager' },
    since: now,
    due: now + policy.approveHours * HOUR,
    ladder: [[0, 'site-director']],
  });

const oweCountersign = (now: number, { policy }: PolicyContext): Obligation =>
  open({
    duty: 'countersign',
    position: { role: 'centre-manager' },
    since: now,
    due: now + policy.approveHours * HOUR,
    ladder: [[0, 'site-director']],
  });

/** Money moved on a day: once it is owed; what was signed and is different now is owed anew. */
export const moved = (
  state: CashDay | undefined,
  { day, seal }: { day: Day; seal: string | undefined },
  now: number,
  context: PolicyContext,
): Events => {
  if (!state)
    return [{ name: 'cashday.opened', data: { day, policy: context.version, opens: [oweClose(day, now, context)] } }];
  const { signed, changed } = state;
  if (!isSigned(state) || changed || !signed || seal === undefined || seal === signed.seal) return [];
  return [{ name: 'cashday.changed', data: { seal, opens: [oweClose(day, now, context)] } }];
};

export interface Countersigning {
  seal: string;
  figures: DayFigures;
  /** Of who closed it, where their sign-in was changed: then what they signed counts no more. */
  since?: number | undefined;
}

const notYet = ({ now, context }: Situation, day: Day): Refusal | undefined =>
  day > localDay(now, context.zone) ? invalid({ field: 'path.day', rule: 'field.not-future' }) : undefined;

/** Whether somebody may close a day, as far as the day itself says: that money moved since it was signed is told a moment behind. */
export const mayClose = (on: Situation & { day: Day }): Refusal | undefined => {
  const { state, day } = on;
  const closed = state && !state.changed ? guard(TRANSITIONS, 'close', state.status, 'cashday.closed') : undefined;
  return notYet(on, day) ?? closed ?? newSignIn(on);
};

const otherSeal = (): Refusal => new Refusal('conflict', 'cashday.moved');

export interface Closing {
  day: Day;
  /** The day as it is now. */
  figures: DayFigures;
  /** What whoever signs has seen of it. */
  seal: string;
  countedFen: number;
  explanations: readonly { method: PaymentMethod; words: PersonalRef }[];
}

/**
 * Whoever closes signs what they have seen: where the day has become another meanwhile, they look again. A day that is
 * signed is closed anew where something has changed since; otherwise a mistake is reopened first. Receipts that are being
 * written would change it in a moment, and two people would sign again for nothing.
 */
export const close = (on: Situation, { day, figures, seal, countedFen, explanations }: Closing): Events | Refusal => {
  const { state, now, context } = on;
  const early = notYet(on, day);
  if (early) return early;
  if (seal !== figures.seal) return otherSeal();
  const closed = state && guard(TRANSITIONS, 'close', state.status, 'cashday.closed');
  if (state && closed) {
    if (!state.changed && state.signed?.seal === seal) return closed;
    const refused = guard(TRANSITIONS, 'close-anew', state.status, 'cashday.closed');
    if (refused) return refused;
  }
  const newcomer = newSignIn(on);
  if (newcomer) return newcomer;
  if (isUnderWay(figures.methods)) return refuse('cashday.being-booked');
  const said = explanations.map(({ method }) => method);
  const missing = unexplained(figures.methods, countedFen).filter((method) => !said.includes(method));
  if (missing.length > 0) {
    return invalid(
      ...missing.map((method) => ({
        field: 'body.explanations',
        rule: 'field.explain-channel' as const,
        details: { method },
      })),
    );
  }
  const data = {
    day,
    seal,
    methods: figures.methods,
    countedFen,
    explained: said,
    explanations: explanations.map(({ words }) => words),
    policy: context.version,
    opens: [oweCountersign(now, context)],
  };
  return [{ name: 'cashday.closed', data }];
};

/** What is another than was signed is closed anew first. */
export const movedSince = (signed: Signed | undefined, { seal }: DayFigures): Refusal | undefined =>
  seal === signed?.seal ? undefined : otherSeal();

const isSecond = (on: Situation, signed: Signed, since?: number): Refusal | undefined =>
  notSecond(on, signed, since, 'cashday.second-person', 'cashday.closed-as-another');

const countersignable = (on: Situation): CashDay | Refusal => {
  const { state, actor, context } = on;
  if (!state?.signed) return notFound('cash-day');
  const refused = guard(TRANSITIONS, 'countersign', state.status, 'cashday.not-closed') ?? isSecond(on, state.signed);
  if (refused) return refused;
  const off = Math.abs(state.signed.countedFen - inTill(state.signed.methods));
  const fen = context.policy.cashDayAloneFen;
  return off > fen && !actor.roles.some((role) => DECIDERS.includes(role)) ? refuse('cashday.decider', { fen }) : state;
};

/**
 * The second signature: by another person than the first, of what was signed, while that is still the day. Cash that is short
 * or over by more than the policy's sum is signed by who decides on waivers.
 */
export const countersign = decision(
  countersignable,
  (on, { signed }, { seal, figures, since }: Countersigning): Events | Refusal => {
    const refused = signed && isSecond(on, signed, since);
    if (refused) return refused;
    if (seal !== signed?.seal) return otherSeal();
    return movedSince(signed, figures) ?? [{ name: 'cashday.countersigned', data: { seal } }];
  },
);

/** What moved on a day, whichever way (fen). */
const moneyOf = ({ methods }: Signed): number =>
  sumFen(methods.map(({ fen, reversed, refunded }) => fen + reversed.fen + refunded.fen));

/** What one person may open again. */
const isOfOne = ({ context }: Situation, { signed }: CashDay): boolean =>
  moneyOf(signed as Signed) <= context.policy.cashDayAloneFen;

const reopenable = (on: Situation): CashDay | Refusal => {
  const { state } = on;
  if (!state) return notFound('cash-day');
  const refused = guard(TRANSITIONS, 'reopen', state.status, 'cashday.not-signed');
  if (refused) return refused;
  if (isOfOne(on, state)) return state;
  return state.asked ? refuse('cashday.reopen-asked') : (newSignIn(on) ?? state);
};

/** A mistaken signature: a day of more than the policy leaves to one person waits for a second. */
export const reopen = decision(reopenable, (on, state, words: PersonalRef): Events => {
  const { now, context } = on;
  return isOfOne(on, state)
    ? [{ name: 'cashday.reopened', data: { words, opens: [oweClose(state.day, now, context)] } }]
    : [{ name: 'cashday.reopen-asked', data: { words, opens: [oweReopen(now, context)] } }];
});

export const decideReopen = decision(
  (on: Situation): CashDay | Refusal => {
    const { state } = on;
    return state?.asked ? (notSecond(on, state.asked, undefined) ?? state) : notFound('reopen');
  },
  (
    on,
    state,
    { agree, words, since }: { agree: boolean; words: PersonalRef; since?: number | undefined },
  ): Events | Refusal => {
    if (!agree) return [{ name: 'cashday.reopen-refused', data: { words } }];
    const asked = state.asked as NonNullable<CashDay['asked']>;
    const data = { words, askedBy: asked.by, opens: [oweClose(state.day, on.now, on.context)] };
    return (
      notSecond(on, asked, since) ??
      guard(TRANSITIONS, 'decide-reopen', state.status, 'cashday.not-signed') ?? [{ name: 'cashday.reopened', data }]
    );
  },
);
