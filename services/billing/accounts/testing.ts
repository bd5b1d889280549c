import type { NewEvent } from '../../../shared/domain/events.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { append, type Current } from '../../../shared/journal/aggregate.ts';
import { DEFAULT_POLICY, type PolicyOverrides, type Timeline } from '../../../shared/policy/policy.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { atLocal, type Day } from '../../../shared/time/clock.ts';
import type { Account, BillFacts } from './account.ts';
import { accountType } from './aggregate.ts';
import { complete } from './complete.ts';
import { charge, type NewEvents, type Situation } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { dun } from './ladder/dun.ts';
import { billName } from './ledger/debts.ts';
import { type Ledger, ledgerOf } from './ledger/ledger.ts';

export const ZONE = 'Asia/Shanghai';
export const WORDS = { ref: 'txt_1', hash: 'h' };
export const contextWith = (overrides: PolicyOverrides = {}): PolicyContext => ({
  zone: ZONE,
  version: 0,
  policy: { ...DEFAULT_POLICY, ...overrides },
});
export const CONTEXT = contextWith();
/** A policy that was always in force. */
export const always = ({ version, policy }: PolicyContext): Timeline => [{ version, effective: 0, values: policy }];

/** `at('2026-11-11', '09:00')` in Shanghai. */
export const at = (day: Day, time = '12:00'): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return atLocal(day, hour * 60 + minute, ZONE);
};

export const bill = (
  fen: number,
  { item = 'management', period = '2026-11', dueDay = '2026-11-10' } = {},
): BillFacts => ({
  bill: billName(item, period),
  dueDay,
  fen,
});

/** An account in the hands of a test: what is done to it, and what it came to. */
export const accountInHand = (context = CONTEXT) => {
  let current: Current<Account> = { id: 'acc_1-1', site: 'sit_1', version: 0, state: undefined };
  const events: ReturnType<typeof append>['events'] = [];
  let under = context;
  const record = (newEvents: NewEvent<AccountEvent>[], now: number, by = 'li') => {
    const { events: more, next } = append(accountType, current, newEvents, now, by);
    events.push(...more);
    current = next;
    return more.map(({ name, data }) => ({ name, data }) as NewEvent<AccountEvent>);
  };
  const hand = {
    get state() {
      return current.state as Account;
    },
    get ledger(): Ledger {
      return ledgerOf(events);
    },
    events,
    under: (next: PolicyContext) => {
      under = next;
    },
    /** What had fallen due is decided first, as in `execute`. @throws Refusal what the decision refuses */
    does: (now: number, decide: (on: Situation) => NewEvents, staff = 'li') => {
      if ((current.state?.wake ?? now + 1) <= now) hand.wakesUp(now);
      const actor = { staff, roles: ['agent' as const], departments: [] };
      const answer = decide({ state: current.state, actor, now, context: under });
      if (answer instanceof Refusal) throw answer;
      return record(answer, now, staff);
    },
    charged: (now: number, ...bills: BillFacts[]) =>
      hand.does(now, (on) => charge(on, { unit: 'unt_1', party: 'pty_1', building: 'A', bills })),
    /** Looks as the clock does, whatever policy was in force before. */
    wakesUp: (now: number, timeline = always(under)) =>
      record(complete(current.state, dun(hand.state, now, timeline, ZONE), now, under), now, 'system:clock'),
  };
  return hand;
};
