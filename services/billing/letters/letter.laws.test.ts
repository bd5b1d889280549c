import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countedAnew } from '../../../shared/journal/aggregate.ts';
import { type LawStep, lawsOf, RUNS } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { DAY, HOUR } from '../../../shared/time/clock.ts';
import { billingTable } from '../store.ts';
import {
  addressesChanged,
  addressFailed,
  mailArrived,
  mailReturned,
  mailUnwanted,
  noAddress,
  type PayerAddresses,
  payerType,
} from './addresses/payer.ts';
import { letterType } from './aggregate.ts';
import { attempt, giveUp, handOver, part, print, question, settle, withdraw } from './decide.ts';
import type { LetterEvent, PayerEvent, RunmailEvent } from './events.ts';
import { join } from './join.ts';
import type { Letter, Status } from './letter.ts';
import { breaker, moveToPaper, type RunMail, resume, runMailType } from './mail/run-mail.ts';
import { accepted, applyMailEvent, claim, lost, notMailed, refused, released } from './mail/sending.ts';
import { LETTER_KINDS } from './terms.ts';
import { ADDRESS, billed, CONTEXT, dunned, letterInHand, NINE, PROOF, told, WORDS, wanted } from './testing.ts';

const PEOPLE: Actor[] = [
  { staff: 'li', roles: ['agent'], departments: [] },
  { staff: 'zhao', roles: ['supervisor'], departments: [] },
];
type LetterStep = LawStep<Letter, LetterEvent>;

let serial = 0;
const sending = { address: ADDRESS, contentHash: 'c' };
const STEPS: LetterStep[] = [
  (on) => join(on, wanted({ accounts: [dunned(`acc_${serial++}-1`)] }), { ordinal: 1 }).events,
  (on) => claim(on, sending),
  (on) => claim(on, sending),
  (on) => accepted(on, { attempt: on.state?.attempts ?? 0, messageId: 'm', acceptedAt: on.now }),
  (on) => released(on, on.state?.attempts ?? 0, 'Throttling'),
  (on) => refused(on, on.state?.attempts ?? 0),
  (on) => notMailed(on, 'cap'),
  (on) => applyMailEvent(on, told('accepted', on.now)),
  (on) => applyMailEvent(on, told('delivered', on.now)),
  (on) => applyMailEvent(on, told('bounced', on.now - HOUR, { hard: true })),
  (on) => applyMailEvent(on, told('bounced', on.now - HOUR)),
  (on) => applyMailEvent(on, told('complained', on.now)),
  (on) => lost(on),
  (on) => settle(on, 'print'),
  (on) => settle(on, 'send-again'),
  (on) => print(on, 'c'),
  (on) => withdraw(on.state),
  (on) => part(on.state),
  (on) => handOver(on, { receivedBy: 'payer' }),
  (on) => handOver(on, { receivedBy: 'other', relation: WORDS }, 'c'),
  (on) => attempt(on, { words: WORDS, proof: PROOF }),
  (on) => giveUp(on, WORDS),
  (on) => question(on, WORDS),
];

/** What is owed in each state; arrival besides, of a demand. */
const OWES: Record<Status, string[]> = {
  queued: ['deliver'],
  sending: ['deliver'],
  unknown: ['deliver', 'settle'],
  sent: ['arrive'],
  delivered: [],
  'to-print': ['deliver'],
  printed: ['deliver'],
  attempted: [],
  'handed-over': [],
  'given-up': [],
  withdrawn: [],
};
const owes = ({ status, kind, receivedBy }: Letter) =>
  kind === 'demand' && (status === 'attempted' || (status === 'handed-over' && receivedBy === 'other'))
    ? ['arrive']
    : OWES[status];

const begin = fc.record({ kind: fc.constantFrom(...LETTER_KINDS), paper: fc.boolean() }).map(
  ({ kind, paper }): LetterStep =>
    (on) => {
      const part = kind === 'demand' ? ('letter' as const) : ('email' as const);
      const why = paper ? ('no-address' as const) : undefined;
      return join(
        on,
        wanted({ kind, part, ...(kind === 'fee-notice' ? { run: 'run_1', accounts: [billed('acc_1-1')] } : {}) }),
        { ordinal: 1, why },
      ).events;
    },
);

test('the laws hold whatever is done to a letter, told of it, or not told', async () => {
  const life = { type: letterType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: DAY, owes };
  const wake = async (_: string, state: Letter, now: number) =>
    state.status === 'queued' && state.wake !== undefined && state.wake <= now
      ? [{ name: 'letter.requeued' as const, data: { kind: state.kind, wake: now + HOUR } }]
      : lost({ state, now, context: CONTEXT });
  await fc.assert(lawsOf({ ...life, wake, begin, steps: fc.constantFrom(...STEPS) }), RUNS);
});

test('what the mail service tells comes to the same in whatever order and however often it is told', () => {
  const tellings = [
    told('accepted', NINE),
    told('delivered', NINE + HOUR),
    told('bounced', NINE + 2 * HOUR),
    told('bounced', NINE + 3 * HOUR, { hard: true }),
    told('complained', NINE + 4 * HOUR),
  ];
  const some = fc.subarray(tellings, { minLength: 1 });
  const twoOrders = some.chain((once) => {
    const order = () => fc.shuffledSubarray([...once, ...once], { minLength: once.length * 2 });
    return fc.tuple(order(), order());
  });
  const outcome = (order: readonly (typeof tellings)[number][]) => {
    const letter = letterInHand();
    letter.does(NINE, (on) => claim(on, sending));
    for (const one of order) letter.does(NINE + 5 * HOUR, (on) => applyMailEvent(on, one));
    const { status, hardBounced = false, complained = false } = letter.state;
    return { status, hardBounced, complained };
  };
  fc.assert(
    fc.property(twoOrders, ([one, other]) => {
      const is = (what: string, hard = false) => one.some((two) => two.what === what && (two.hard ?? false) === hard);
      expect(outcome(one)).toEqual(outcome(other));
      if (is('bounced', true)) expect(outcome(one)).toMatchObject({ status: 'to-print', hardBounced: true });
      else if (is('delivered')) expect(outcome(one)).toMatchObject({ status: 'delivered' });
    }),
    RUNS,
  );
});

test('the laws hold for what is known of a payer’s addresses', async () => {
  type PayerStep = LawStep<PayerAddresses, PayerEvent>;
  const address = (n: number) => ({ ref: `txt_${n % 4}`, hash: 'h' });
  const fails: PayerStep = (on) =>
    addressFailed(on.state, { party: 'pty_1', address: address(serial++), letter: 'let_1' }, on.now, on.context);
  const returned = () => ({ party: 'pty_1', address: address(serial), letter: `let_${serial++ % 9}` });
  const steps: PayerStep[] = [
    fails,
    (on) => mailReturned(on.state, { ...returned(), at: on.now }, on.now, on.context),
    (on) => mailArrived(on.state, { ...returned(), at: on.now - HOUR }),
    (on) => mailUnwanted(on.state, { party: 'pty_1', address: address(serial++), letter: 'let_1' }, on.context),
    (on) => addressesChanged(on.state, [address(serial++), { ref: 'txt_new', hash: 'n' }]),
    (on) => noAddress(on, WORDS),
  ];
  const life = { type: payerType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: 2 * DAY };
  await fc.assert(lawsOf({ ...life, begin: fc.constant(fails), steps: fc.constantFrom(...steps) }), RUNS);
});

test('the laws hold for a run whose mail stopped itself', async () => {
  type RunStep = LawStep<RunMail, RunmailEvent>;
  let sent = 0;
  const stops: RunStep = (on) => {
    sent += 1000;
    return breaker(on.state, { sent, bounced: sent / 10 }, on.now, on.context);
  };
  const steps: RunStep[] = [
    stops,
    (on) => resume(on, { sent, bounced: sent / 10 }, WORDS),
    (on) => moveToPaper(on, WORDS),
  ];
  const life = { type: runMailType, table: billingTable, people: PEOPLE, context: CONTEXT, longest: DAY };
  await fc.assert(lawsOf({ ...life, begin: fc.constant(stops), steps: fc.constantFrom(...steps) }), RUNS);
});

test('what a run counts is what its letters come to, whatever happened to them', () => {
  const moves = fc.array(fc.record({ pick: fc.nat(STEPS.length - 1), hours: fc.nat(30) }), { maxLength: 30 });
  fc.assert(
    fc.property(moves, (history) => {
      const letter = letterInHand({ kind: 'fee-notice', run: 'run_1', accounts: [billed('acc_1-1')] });
      const counters: Record<string, number> = {};
      const add = (before: Letter | undefined) => {
        const changed = countedAnew(letterType, before, { id: 'let_1', site: 's', version: 0, state: letter.state });
        for (const [name, by] of Object.entries(changed?.counts ?? {})) counters[name] = (counters[name] ?? 0) + by;
      };
      add(undefined);
      let now = NINE;
      for (const { pick, hours } of history) {
        now += hours * HOUR;
        const before = letter.state;
        try {
          letter.does(now, STEPS[pick] as LetterStep);
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'Refusal') throw error;
        }
        add(before);
      }
      const { waiting = 0, sent = 0, delivered = 0, bounced = 0, paper = 0, handedOver = 0, letters } = counters;
      const is = letter.state.status === 'withdrawn' && letter.state.parted ? 0 : 1;
      expect(letters).toBe(is);
      expect(Math.min(waiting, sent, delivered, bounced, paper, handedOver)).toBeGreaterThanOrEqual(0);
      expect(handedOver).toBeLessThanOrEqual(paper);
      // Each is somewhere: it waits, is on paper, arrived, or was sent and is on its way.
      expect(waiting + paper + delivered + sent).toBeGreaterThanOrEqual(is);
      expect(waiting + paper + delivered).toBeLessThanOrEqual(1);
    }),
    RUNS,
  );
});
