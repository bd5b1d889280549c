import type { NewEvent } from '../../../shared/domain/events.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { append, type Current } from '../../../shared/journal/aggregate.ts';
import { endOfDay, localDay } from '../../../shared/time/clock.ts';
import { at, bill, CONTEXT, WORDS } from '../accounts/testing.ts';
import { letterType } from './aggregate.ts';
import type { NewEvents, Situation } from './decide.ts';
import type { LetterEvent } from './events.ts';
import { join, type LetterRequest } from './join.ts';
import type { Letter, LetterAccount } from './letter.ts';
import type { MailNews } from './mail/sending.ts';

export { at, CONTEXT, WORDS };
/** 09:00 of the day on which letters of tests go out. */
export const NINE = at('2026-11-11', '09:00');
export const MIDNIGHT = endOfDay(NINE, CONTEXT.zone);
/** SHA-256 of a photo. */
export const PROOF = 'f'.repeat(64);
export const ADDRESS = { ref: 'txt_mail', hash: 'a' };

export const debt = (fen: number, dueDay = '2026-11-10') => ({ ...bill(fen, { dueDay }), openFen: fen, lateFen: 0 });

/** An account's part of a dunning letter. */
export const dunned = (
  account: string,
  fen = 25_399,
  rung: 'friendly' | 'reminder' | 'second-notice' | 'demand' = 'friendly',
): LetterAccount => ({
  account,
  unit: account.replace('acc', 'unt'),
  steps: [{ dueDay: '2026-11-10', rung, on: localDay(NINE, CONTEXT.zone) }],
  debts: [debt(fen)],
});

export const billed = (account: string, fen = 25_399, period = '2026-11'): LetterAccount => ({
  account,
  unit: account.replace('acc', 'unt'),
  bills: [
    { ...bill(fen, { period }), from: `${period}-01`, to: `${period}-30`, quantityMicro: 89_120_000, rate: '2.85' },
  ],
  offsets: [],
  debts: [],
});

export const wanted = (more: Partial<LetterRequest> = {}): LetterRequest => ({
  kind: 'friendly',
  party: 'pty_1',
  part: 'email',
  accounts: [dunned((more.party ?? 'pty_1').replace('pty_', 'acc_1-'))],
  ...more,
});

export const told = (what: MailNews['what'], when: number, more: Partial<MailNews> = {}): MailNews => ({
  what,
  at: when,
  acceptedAt: when,
  messageId: 'm1',
  ...more,
});

/** A letter in the hands of a test: what is done to it, and what it came to. */
export const letterInHand = (opening: Partial<LetterRequest> = {}, why?: 'no-address') => {
  let current: Current<Letter> = { id: 'let_1', site: 'sit_1', version: 0, state: undefined };
  const events: ReturnType<typeof append>['events'] = [];
  const does = (now: number, decide: (on: Situation) => NewEvents): string[] => {
    const actor = { staff: 'li', roles: ['agent' as const], departments: [] };
    const answer = decide({ state: current.state, actor, now, context: CONTEXT });
    if (answer instanceof Refusal) throw answer;
    const { events: more, next } = append(letterType, current, answer as NewEvent<LetterEvent>[], now, 'li');
    events.push(...more);
    current = next;
    return more.map(({ name }) => name);
  };
  const hand = {
    does,
    events,
    get state() {
      return current.state as Letter;
    },
    get owes() {
      return Object.fromEntries(hand.state.owed.map(({ duty, due }) => [duty, due]));
    },
    joins: (now: number, more: Partial<LetterRequest>) =>
      does(now, (on) => join(on, wanted(more), { ordinal: 1 }).events),
  };
  does(NINE, (on) => join(on, wanted(opening), { ordinal: 1, why }).events);
  return hand;
};
