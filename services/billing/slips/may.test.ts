import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { append, type Current } from '../../../shared/journal/aggregate.ts';
import type { May } from '../../../shared/journal/decision.ts';
import { RUNS } from '../../../shared/journal/laws.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { HOUR } from '../../../shared/time/clock.ts';
import { at, CONTEXT, WORDS } from '../accounts/testing.ts';
import * as slips from './decide.ts';
import { type Slip, slipType } from './slip.ts';

const PEOPLE: Actor[] = [
  { staff: 'li', roles: ['agent'], departments: [] },
  { staff: 'zhao', roles: ['supervisor'], departments: [] },
  { staff: 'sun', roles: ['centre-manager'], departments: [] },
  { staff: 'chen', roles: ['department-head'], departments: ['engineering'] },
  { staff: 'qian', roles: ['department-head'], departments: ['cleaning'] },
];

interface Command {
  may: May<Slip>;
  /** Said rightly. */
  said(on: slips.Situation): slips.NewEvents;
}
const COMMANDS = {
  price: {
    may: slips.confirmPrice.may,
    said: (on: slips.Situation) => slips.confirmPrice(on, { fen: 200, how: 'word', words: WORDS }),
  },
  done: { may: slips.finish.may, said: (on: slips.Situation) => slips.finish(on, on.now) },
  amount: { may: slips.enterAmount.may, said: (on: slips.Situation) => slips.enterAmount(on, on.state?.priceFen ?? 1) },
  correct: {
    may: slips.correctAmount.may,
    said: (on: slips.Situation) => slips.correctAmount(on, on.state?.priceFen ?? 1),
  },
  sign: { may: slips.sign.may, said: (on: slips.Situation) => slips.sign(on, { how: 'word', words: WORDS }) },
  cancel: { may: slips.cancel.may, said: (on: slips.Situation) => slips.cancel(on, { reason: 'owner', words: WORDS }) },
} satisfies Record<string, Command>;
const lower = (on: slips.Situation) => slips.confirmPrice(on, { fen: 100, how: 'word', words: WORDS });
const charged = (on: slips.Situation) =>
  slips.charged(on.state, { account: 'acc_1-1', bill: 'service/2026-04-01.slp_1', dueDay: '2026-04-01' });
const STEPS = [...Object.values(COMMANDS).map(({ said }) => said), lower, charged];

const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : undefined);

/** What may be done, as it is said beforehand and as it is decided; the same. */
const mayDo = (on: Omit<slips.Situation, 'actor'>) =>
  Object.fromEntries(
    PEOPLE.map((actor) => {
      const all = Object.entries(COMMANDS);
      const before = all.map(([name, { may }]) => [name, codeOf(may({ ...on, actor }))]);
      const decided = all.map(([name, { said }]) => [name, codeOf(said({ ...on, actor }))]);
      expect([actor.staff, before]).toEqual([actor.staff, decided]);
      return [actor.staff, Object.fromEntries(before) as Record<string, string | undefined>];
    }),
  );

/** A slip in the hands of a test. */
const slipInHand = () => {
  let current: Current<Slip> = { id: 'slp_1', site: 'sit_1', version: 0, state: undefined };
  let now = at('2026-11-01');
  const hand = {
    on: () => ({ state: current.state, now, context: CONTEXT }),
    does: (decide: (on: slips.Situation) => slips.NewEvents, [actor = PEOPLE[0] as Actor] = PEOPLE) => {
      now += HOUR;
      const answer = decide({ ...hand.on(), actor });
      if (!(answer instanceof Refusal)) current = append(slipType, current, answer, now, actor.staff).next;
    },
  };
  hand.does((on) =>
    slips.openSlip(on, {
      ...{ unit: 'unt_1', party: 'pty_1', building: 'A', service: 'pipe-repair', department: 'engineering' },
      appointedAt: on.now + HOUR,
    }),
  );
  return hand;
};

test('what a slip says may be done is what is then decided, whatever was done before', () => {
  const step = fc.record({ step: fc.constantFrom(...STEPS), actor: fc.constantFrom(...PEOPLE) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (history) => {
      const slip = slipInHand();
      for (const { step, actor } of history) {
        mayDo(slip.on());
        slip.does(step, [actor]);
      }
      mayDo(slip.on());
    }),
    RUNS,
  );
});

test('it says so from the wish to the bill, and never to another department', () => {
  const slip = slipInHand();
  const open = (staff: string) =>
    Object.entries(mayDo(slip.on())[staff] ?? {}).flatMap(([name, code]) => (code === undefined ? [name] : []));
  const after = (step: (on: slips.Situation) => slips.NewEvents) => {
    slip.does(step);
    expect(open('chen')).toEqual(open('li'));
    expect(open('qian')).toEqual([]);
    return open('li');
  };
  expect(mayDo({ ...slip.on(), state: undefined }).li?.price).toBe('request.not-found');
  expect(open('li')).toEqual(['price', 'cancel']);
  const { price, done, amount, correct, sign } = COMMANDS;
  expect(after(price.said)).toEqual(['price', 'done', 'cancel']);
  expect(after(done.said)).toEqual(['price', 'amount']);
  expect(after(amount.said)).toEqual(['price', 'correct', 'sign']);
  expect(after(lower)).toEqual(['price', 'correct']);
  expect(mayDo(slip.on()).li?.sign).toBe('slip.above-price');
  expect(after(correct.said)).toEqual(['price', 'correct', 'sign']);
  expect(after(sign.said)).toEqual([]);
  expect(after(charged)).toEqual([]);
});
