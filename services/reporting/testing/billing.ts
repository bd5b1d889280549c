import * as fc from 'fast-check';
import type { Envelope, EventDef, NewEvent } from '../../../shared/domain/events.ts';
import { dueRungs, type Obligation } from '../../../shared/domain/obligation.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { type AggregateType, append, type Current } from '../../../shared/journal/aggregate.ts';
import type { Situation } from '../../../shared/journal/command.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { addDays, DAY, HOUR, localDay } from '../../../shared/time/clock.ts';
import type { Account } from '../../billing/accounts/account.ts';
import { accountType } from '../../billing/accounts/aggregate.ts';
import { complete } from '../../billing/accounts/complete.ts';
import * as money from '../../billing/accounts/decide.ts';
import { dun } from '../../billing/accounts/ladder/dun.ts';
import { call, letterDone, recorded } from '../../billing/accounts/ladder/steps.ts';
import { accrue } from '../../billing/accounts/ledger/late.ts';
import { ledgerOf } from '../../billing/accounts/ledger/ledger.ts';
import { refund } from '../../billing/accounts/refund.ts';
import { always, at, bill, contextWith, WORDS } from '../../billing/accounts/testing.ts';
import * as two from '../../billing/accounts/two-people.ts';
import { letterType } from '../../billing/letters/aggregate.ts';
import * as letters from '../../billing/letters/decide.ts';
import { join } from '../../billing/letters/join.ts';
import type { Letter } from '../../billing/letters/letter.ts';
import { accepted, applyMailEvent, claim } from '../../billing/letters/mail/sending.ts';
import { ADDRESS, dunned, PROOF, told, wanted } from '../../billing/letters/testing.ts';
import * as slips from '../../billing/slips/decide.ts';
import { type Slip, slipType } from '../../billing/slips/slip.ts';
import type { Seen } from '../figures/measures/measure.ts';
import { SITE } from './site.ts';

/** Late charges accrue, so that they are part of what happens. */
const CONTEXT: PolicyContext = contextWith({ lateChargePerMillion: 400 });
const START = at('2026-10-20', '09:00');

/** Something somebody does, or the clock; every number is chance. */
interface Move {
  what: number;
  days: number;
  hours: number;
  fen: number;
  pick: number;
}
const move = fc.record({
  what: fc.nat(999),
  // Much on one day, and then for weeks nothing.
  days: fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0), fc.constantFrom(10, 6, 8, 15), fc.nat(40)),
  hours: fc.nat(5),
  fen: fc.integer({ min: 1, max: 60_000 }),
  pick: fc.nat(20),
});

type How = Move & { events: readonly Envelope[]; n: number };
type Deed<S> = (on: Situation<S>, how: How) => NewEvent[] | Refusal;

/** The journal of an aggregate to which things are done by chance; what is refused is left out. */
const journalOf = <S extends { owed: Obligation[] }>(
  type: AggregateType<S, EventDef>,
  id: string,
  deeds: readonly Deed<S>[],
  moves: readonly Move[],
): Seen[] => {
  let current: Current<S> = { id, site: SITE, version: 0, state: undefined };
  const events: Envelope[] = [];
  let now = START;
  for (const [n, how] of moves.entries()) {
    now += n === 0 ? 0 : how.days * DAY + how.hours * HOUR;
    const record = (newEvents: NewEvent[], by: string) => {
      const { events: more, next } = append(type, current, newEvents, now, by);
      events.push(...more);
      current = next;
    };
    const say = () => record(dueRungs(type.type, current.state?.owed ?? [], now), 'system:clock');
    say();
    const deed = deeds[n === 0 ? 0 : how.what % deeds.length] as Deed<S>;
    const actor = { staff: `stf_${n % 2}`, roles: [], departments: [] };
    const answer = deed({ state: current.state, actor, now, context: CONTEXT }, { ...how, events, n });
    if (!(answer instanceof Refusal)) record(answer, actor.staff);
    say();
  }
  return events as unknown as Seen[];
};

const some = <T>(all: readonly T[], pick: number): T => all[pick % Math.max(1, all.length)] as T;
const ITEMS = ['management', 'parking'];

const charge =
  (building: string): Deed<Account> =>
  (on, { fen, pick, n }) => {
    const day = localDay(on.now, CONTEXT.zone);
    const month = day.slice(0, 7);
    const period = some([month, month, '2025-Q4', '2026', `${month}-24.slp_${n}`], pick);
    const facts = bill(fen, {
      item: period.includes('.slp_') ? 'service' : some(ITEMS, pick),
      period,
      dueDay: addDays(day, 9),
    });
    const discount = pick % 3 === 0 ? { discountFen: 100 } : {};
    const quarter = pick % 7 === 0 && period === month ? { to: addDays(day, 80) } : {};
    const bills = [{ ...facts, ...discount, ...quarter }];
    return money.charge(on, { unit: 'unt_1', party: 'pty_1', building, bills });
  };

const wakesUp: Deed<Account> = ({ state, now }) =>
  state ? complete(state, dun(state, now, always(CONTEXT), CONTEXT.zone), now, CONTEXT) : [];
/** What is done to accounts: money in every way, holds, and the steps of the ladder. */
const DONE: Deed<Account>[] = [
  (on, { fen, n }) => money.pay(on, { payment: `pay_${n}`, method: 'cash', fen }),
  (on, { fen, n }) => money.pay(on, { payment: `pay_${n}`, method: 'cash', fen: 2 * fen }),
  (on, { events, pick }) => {
    const ledger = ledgerOf(events);
    return money.reverse(on, some([...ledger.payments.keys()], pick) ?? '', WORDS, ledger);
  },
  (on, { events, pick, fen }) => {
    const ledger = ledgerOf(events);
    return money.adjust(on, { bill: some([...ledger.bills.keys()], pick), fen: fen - 30_000, words: WORDS }, ledger);
  },
  (on, { events, fen, n }) => {
    const known = { ledger: ledgerOf(events), invoiced: new Set<string>() };
    return refund(on, { refund: `r${n}`, fen, method: 'cash', words: WORDS }, known);
  },
  (on, { fen, pick, n }) => {
    const debt = some(on.state?.debts ?? [], pick);
    return two.askWaiver(on, { waiver: `w${n}`, bill: debt?.bill ?? '', fen: 1 + (fen % 900), words: WORDS });
  },
  (on) => two.decideWaiver(on, { waiver: Object.keys(on.state?.asked ?? {})[0] ?? '', agree: true, words: WORDS }),
  (on, { n, pick }) => {
    const [known] = Object.keys(on.state?.holds ?? {});
    return two.askHold(on, {
      hold: `h${n}`,
      kind: pick % 4 === 0 ? 'hardship' : 'promise',
      until: localDay(on.now + (3 + (pick % 9)) * DAY, CONTEXT.zone),
      ...(pick % 3 === 0 && known ? { renews: known } : {}),
      words: WORDS,
    });
  },
  (on, { pick }) => (pick % 2 === 0 ? two.release(on, Object.keys(on.state?.holds ?? {})[0] ?? '', 'withdrawn') : []),
  (on) => two.decideHold(on, { hold: Object.keys(on.state?.asked ?? {})[0] ?? '', agree: true, words: WORDS }),
  (on) => (on.state ? money.done(on, accrue(on.state, localDay(on.now, CONTEXT.zone), CONTEXT.policy)) : []),
];
/** What the open steps ask for. */
const carryOut: Deed<Account> = (on, { hours }) => {
  const steps = on.state?.steps ?? [];
  const [channel] = steps.flatMap(({ channels, done }) => channels.filter((one) => !done.includes(one)));
  if (channel === 'phone') return call(on, { outcome: 'reached', calledAt: on.now, message: false });
  if (channel === 'visit' || channel === 'review') return recorded[channel](on, { outcome: 'wait', words: WORDS });
  return channel ? letterDone(on, steps, channel, { at: on.now - hours * HOUR, arrived: true }, []) : [];
};
const accountDeeds = (building: string): Deed<Account>[] => [
  charge(building),
  charge(building),
  ...Array(4).fill(wakesUp),
  ...Array(4).fill(carryOut),
  ...DONE,
];

const KINDS = ['fee-notice', 'reminder', 'second-notice', 'demand'] as const;
const letterDeeds: Deed<Letter>[] = [
  (on, { pick }) => {
    const occasion = wanted({ kind: some(KINDS, pick), ...(pick % 2 ? { part: 'letter' } : {}) });
    return join(on, occasion, { ordinal: 1 }).events;
  },
  (on, { n }) => join(on, wanted({ kind: 'second-notice', accounts: [dunned(`acc_${n}-1`)] }), { ordinal: 1 }).events,
  (on) => claim(on, { address: ADDRESS, contentHash: 'c' }),
  (on) => claim(on, { address: ADDRESS, contentHash: 'c' }),
  (on) => accepted(on, { attempt: on.state?.attempts ?? 0, messageId: 'm', acceptedAt: on.now }),
  (on) => applyMailEvent(on, told('delivered', on.now)),
  (on, { hours }) => applyMailEvent(on, told('bounced', on.now - hours * HOUR, { hard: true })),
  (on) => letters.settle(on, 'print'),
  (on) => letters.print(on, 'c'),
  (on) => letters.handOver(on, { receivedBy: 'payer' }),
  (on) => letters.attempt(on, { words: WORDS, proof: PROOF }),
];

const ORDER = { unit: 'unt_1', party: 'pty_1', building: 'A', service: 'pipe-repair', department: 'engineering' };
const slipDeeds: Deed<Slip>[] = [
  (on, { hours, fen }) =>
    on.state ? [] : slips.openSlip(on, { ...ORDER, appointedAt: on.now + (hours + (fen % 3) * 24) * HOUR }),
  (on, { fen }) => slips.confirmPrice(on, { fen, how: 'word', words: WORDS }),
  (on, { hours }) => slips.finish(on, on.now - hours * HOUR),
  (on, { fen }) => slips.enterAmount(on, 1 + (fen % 5)),
  (on) => slips.sign(on, { how: 'word', words: WORDS }),
  (on, { pick }) => (pick % 4 === 0 ? slips.cancel(on, { reason: 'owner', words: WORDS }) : []),
];

const moves = (maxLength: number, days: number) =>
  fc.array(
    move.map((one) => ({ ...one, days: Math.min(one.days, days) })),
    { minLength: 1, maxLength, size: 'max' },
  );

/** Accounts of a few buildings, with whatever may happen to their money over a year or two. */
export const accounts: fc.Arbitrary<Seen[][]> = fc
  .array(fc.record({ building: fc.constantFrom('1幢', '2#'), moves: moves(50, 40) }), { minLength: 1, maxLength: 3 })
  .map((all) =>
    all.map(({ building, moves: some }, n) => journalOf(accountType, `acc_${n}-1`, accountDeeds(building), some)),
  );

/** Accounts, letters and slips: everything of billing that figures come from. */
export const billing: fc.Arbitrary<Seen[][]> = fc
  .tuple(accounts, fc.array(moves(12, 1), { maxLength: 3 }), fc.array(moves(8, 1), { maxLength: 3 }))
  .map(([ledgers, mails, works]) => [
    ...ledgers,
    ...mails.map((some, n) => journalOf(letterType, `let_${n}`, letterDeeds, some)),
    ...works.map((some, n) => journalOf(slipType, `slp_${n}`, slipDeeds, some)),
  ]);
