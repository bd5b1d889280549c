import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { guard } from '../../../shared/domain/machine.ts';
import { invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Situation as On } from '../../../shared/journal/command.ts';
import { decision } from '../../../shared/journal/decision.ts';
import { isForDepartment, type Role } from '../../../shared/people/positions.ts';
import { type Instant, localDay, toldInstant } from '../../../shared/time/clock.ts';
import { oweAmount, oweCharge, owePrice, oweSignature, oweWork } from './duties.ts';
import type { AGREED, CANCELLED, SlipEvent } from './events.ts';
import { type Slip, type SlipCommand, TRANSITIONS } from './slip.ts';

export type Situation = On<Slip>;
export type NewEvents = NewEvent<SlipEvent>[] | Refusal;

/** The desk has the owner agree and sign; those above it do what a department doesn't. */
const DESK: readonly Role[] = ['agent', 'supervisor', 'centre-manager'];

/** A slip is its department's, the desk's and theirs who stand above: no other department's. */
const admit = ({ state, actor }: Situation, command: SlipCommand): Slip | Refusal => {
  if (!state) return notFound('slip');
  if (!isForDepartment(actor, state.department, DESK)) return refuse('slip.other-department');
  return guard(TRANSITIONS, command, state.status, 'slip.not-now') ?? state;
};

const admitted = (command: SlipCommand) => (on: Situation) => admit(on, command);

export interface SlipRequest {
  unit: string;
  party: string;
  building: string;
  service: string;
  department: string;
  appointedAt: Instant;
  words?: PersonalRef | undefined;
}

/** Ahead of that nobody appoints anything. */
const APPOINTED_WITHIN_DAYS = 180;

export const openSlip = (on: Situation, wanted: SlipRequest): NewEvents => {
  const { now, context } = on;
  const { appointedAt, department } = wanted;
  const appointedDay = localDay(appointedAt, context.zone);
  if (appointedDay < localDay(now, context.zone)) return invalid({ field: 'body.appointedAt', rule: 'field.not-past' });
  if (appointedAt > now + APPOINTED_WITHIN_DAYS * 86_400_000) {
    return invalid({ field: 'body.appointedAt', rule: 'field.within-days', details: { days: APPOINTED_WITHIN_DAYS } });
  }
  const opens = [owePrice(now, appointedAt, context), oweWork(now, appointedAt, department, context)];
  return [{ name: 'slip.opened', data: { ...wanted, appointedDay, policy: context.version, opens } }];
};

/** How the owner agreed: a photographed signature, or words. */
export interface Agreed {
  how: (typeof AGREED)[number];
  photo?: string | undefined;
  words?: PersonalRef | undefined;
}

const proven = ({ how, photo, words }: Agreed): Refusal | undefined => {
  if (how === 'signature' && photo === undefined) return invalid({ field: 'body.photo', rule: 'field.with-signature' });
  if (how === 'word' && words === undefined) return invalid({ field: 'body.words', rule: 'field.with-word' });
  return undefined;
};

/** The owner agrees to a price: before the work, or anew to a higher one. */
export const confirmPrice = decision(
  (on: Situation) => admit(on, on.state?.status === 'opened' ? 'price' : 'reprice'),
  (_, __, { fen, ...agreed }: Agreed & { fen: number }): NewEvents =>
    proven(agreed) ?? [{ name: 'slip.price-confirmed', data: { fen, ...agreed } }],
);

/** When it is said to have been done is what the amount's deadline counts from; whether in time, by when it is recorded. */
export const finish = decision(admitted('done'), (on, state, told: Instant): NewEvents => {
  const doneAt = toldInstant(told, on.now);
  if (doneAt > on.now) return invalid({ field: 'body.doneAt', rule: 'field.not-future' });
  const opened = state.owed.find(({ duty }) => duty === 'work')?.since ?? on.now;
  if (doneAt < opened) return invalid({ field: 'body.doneAt', rule: 'field.not-before-slip' });
  const owed = oweAmount(doneAt, state.department, on.context);
  const { appointedDay } = state;
  return [{ name: 'slip.done', data: { appointedDay, doneAt, amountDue: owed.due, opens: [owed] } }];
});

const tooMuch = ({ priceFen = 0 }: Slip, fen: number): Refusal | undefined =>
  fen > priceFen ? refuse('slip.above-price', { fen: priceFen }) : undefined;

/** What the work comes to: at most what the owner agreed to. */
export const enterAmount = decision(admitted('amount'), (on, state, fen: number): NewEvents => {
  const { appointedDay, doneAt = on.now, amountDue = on.now } = state;
  const opens = [oweSignature(on.now, on.context)];
  return (
    tooMuch(state, fen) ?? [
      { name: 'slip.amount-entered', data: { appointedDay, doneAt, amountDue, enteredAt: on.now, fen, opens } },
    ]
  );
});

/** Puts the amount right while nobody has signed for it. */
export const correctAmount = decision(admitted('correct'), (_, state, fen: number): NewEvents => {
  if (fen === state.fen) return [];
  return tooMuch(state, fen) ?? [{ name: 'slip.amount-corrected', data: { fen } }];
});

/** No more than the owner agreed to is signed for: a lower price came after the amount, which is put right first. */
const signable = (on: Situation): Slip | Refusal => {
  const state = admit(on, 'sign');
  return state instanceof Refusal ? state : (tooMuch(state, state.fen ?? 0) ?? state);
};

export const sign = decision(signable, (on, state, agreed: Agreed): NewEvents => {
  const { unit, party, building, fen = 0 } = state;
  const opens = [oweCharge(on.now, on.context)];
  return proven(agreed) ?? [{ name: 'slip.signed', data: { unit, party, building, fen, ...agreed, opens } }];
});

/** The bill stands on the account; said again it is nothing. */
export const charged = (
  state: Slip | undefined,
  { account, bill, dueDay }: { account: string; bill: string; dueDay: string },
): NewEvent<SlipEvent>[] =>
  state?.status === 'signed' ? [{ name: 'slip.charged', data: { account, bill, dueDay, fen: state.fen ?? 0 } }] : [];

export const cancel = decision(
  admitted('cancel'),
  (_, { appointedDay }, { reason, words }: { reason: (typeof CANCELLED)[number]; words: PersonalRef }): NewEvents => [
    { name: 'slip.cancelled', data: { appointedDay, reason, words } },
  ],
);
