import { expect, test } from 'vitest';
import { pay, reverse } from '../../../billing/accounts/decide.ts';
import { accountInHand, at, bill, WORDS } from '../../../billing/accounts/testing.ts';
import { askHold, decideHold, holdForComplaint, release } from '../../../billing/accounts/two-people.ts';
import { pays, told } from '../../collections/testing-ledgers.ts';
import { SITE, ZONE } from '../../testing/site.ts';
import { caseOutcomesOf, mergeFacts } from '../row.ts';
import { project } from './index.ts';

type Hand = ReturnType<typeof accountInHand>;
/** An account that owes 1,000 since 10 November. */
const owing = (): Hand => {
  const hand = accountInHand();
  hand.charged(at('2026-11-01'), bill(1_000));
  return hand;
};
const promises = (
  hand: Hand,
  on: string,
  until: string,
  { hold = 'hld_1', ...more }: { hold?: string; renews?: string; kind?: 'hardship' } = {},
) => {
  hand.does(at(on), (how) => askHold(how, { hold, kind: 'promise', until, words: WORDS, ...more }));
  hand.does(at(on), (how) => decideHold(how, { hold, agree: true, words: WORDS }), 'zhao');
};
const standing = (hand: Hand): string[] =>
  [
    ...mergeFacts(
      SITE,
      told(hand).flatMap((event) => project(event, ZONE)),
    ).values(),
  ]
    .flatMap(caseOutcomesOf)
    .filter(({ measure }) => measure === 'promised-payment')
    .map(({ state, why, day }) => [state, why, day].filter(Boolean).join(' '));

test('paid in full by 24:00 of the day promised for it is kept; a minute later it is broken, and so is half of it', () => {
  const hand = owing();
  promises(hand, '2026-11-12', '2026-11-20');
  expect(standing(hand)).toEqual(['running 2026-11-20']);
  const kept = owing();
  promises(kept, '2026-11-12', '2026-11-20');
  pays(kept, '2026-11-15', 600);
  expect(standing(kept)).toEqual(['running 2026-11-20']);
  pays(kept, '2026-11-20', 400);
  expect(standing(kept)).toEqual(['met 2026-11-20']);
  pays(hand, '2026-11-20', 600);
  hand.wakesUp(at('2026-11-21', '09:00'));
  expect(standing(hand)).toEqual(['missed broken 2026-11-20']);
  const late = owing();
  promises(late, '2026-11-12', '2026-11-20');
  late.wakesUp(at('2026-11-17', '09:00'));
  late.does(at('2026-11-21', '00:01'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 1_000 }));
  expect(standing(late)).toEqual(['missed late 2026-11-20']);
});

test('a payment that turns out not to have come kept nothing', () => {
  const hand = owing();
  promises(hand, '2026-11-12', '2026-11-20');
  pays(hand, '2026-11-18', 1_000, 'pay_1');
  expect(standing(hand)).toEqual(['met 2026-11-20']);
  hand.does(at('2026-11-24'), (on) => reverse(on, 'pay_1', WORDS, hand.ledger));
  expect(standing(hand)).toEqual(['missed payment-reversed 2026-11-20']);
  // One from before the promise was given is none of it.
  const other = accountInHand();
  other.charged(at('2026-10-01'), bill(500, { period: '2026-10', dueDay: '2026-10-10' }));
  pays(other, '2026-10-05', 500, 'pay_0');
  other.charged(at('2026-11-01'), bill(1_000));
  promises(other, '2026-11-12', '2026-11-20');
  pays(other, '2026-11-18', 1_000);
  other.does(at('2026-11-24'), (on) => reverse(on, 'pay_0', WORDS, other.ledger));
  expect(standing(other)).toEqual(['met 2026-11-20']);
});

test('a payment that bounces before the last day leaves the promise running: paid again by then it is kept, else broken', () => {
  const bounced = () => {
    const hand = owing();
    promises(hand, '2026-11-12', '2026-11-30');
    pays(hand, '2026-11-13', 1_000, 'pay_1');
    expect(standing(hand)).toEqual(['met 2026-11-30']);
    hand.does(at('2026-11-14'), (on) => reverse(on, 'pay_1', WORDS, hand.ledger));
    expect(standing(hand)).toEqual(['running 2026-11-30']);
    return hand;
  };
  const again = bounced();
  pays(again, '2026-11-15', 1_000, 'pay_2');
  expect(standing(again)).toEqual(['met 2026-11-30']);
  // Its own first payment no longer matters; what came again does, once the day is over.
  again.does(at('2026-12-02'), (on) => reverse(on, 'pay_2', WORDS, again.ledger));
  expect(standing(again)).toEqual(['missed payment-reversed 2026-11-30']);
  const never = bounced();
  never.wakesUp(at('2026-12-01', '09:00'));
  expect(standing(never)).toEqual(['missed broken 2026-11-30']);
  const lastDay = owing();
  promises(lastDay, '2026-11-12', '2026-11-20');
  pays(lastDay, '2026-11-13', 1_000, 'pay_1');
  lastDay.does(at('2026-11-20', '23:59'), (on) => reverse(on, 'pay_1', WORDS, lastDay.ledger));
  expect(standing(lastDay)).toEqual(['running 2026-11-20']);
  lastDay.does(at('2026-11-21', '00:01'), (on) => pay(on, { payment: 'pay_2', method: 'cash', fen: 1_000 }));
  expect(standing(lastDay)).toEqual(['missed late 2026-11-20']);
  const renewed = bounced();
  promises(renewed, '2026-11-20', '2026-12-05', { hold: 'hld_2', renews: 'hld_1' });
  expect(standing(renewed)).toEqual(['excluded renewed 2026-11-30', 'running 2026-12-05']);
});

test('renewed in time, the new promise counts in its place; taken back in time, none does', () => {
  const hand = owing();
  promises(hand, '2026-11-12', '2026-11-20');
  promises(hand, '2026-11-19', '2026-11-28', { hold: 'hld_2', renews: 'hld_1' });
  expect(standing(hand)).toEqual(['excluded renewed 2026-11-20', 'running 2026-11-28']);
  hand.wakesUp(at('2026-11-29', '09:00'));
  expect(standing(hand)).toEqual(['excluded renewed 2026-11-20', 'missed broken 2026-11-28']);
  const back = owing();
  promises(back, '2026-11-12', '2026-11-20');
  back.does(at('2026-11-14'), (on) => release(on, 'hld_1', 'withdrawn'));
  expect(standing(back)).toEqual(['excluded withdrawn 2026-11-20']);
});

test('what was not kept while a dispute or hardship paused dunning stands apart, and so does what there was nothing to keep of', () => {
  const hand = owing();
  promises(hand, '2026-11-12', '2026-11-20');
  hand.does(at('2026-11-15'), (on) => holdForComplaint(on, 'hld_9', 'cmp_1'));
  hand.wakesUp(at('2026-11-21', '09:00'));
  expect(standing(hand)).toEqual(['excluded dispute 2026-11-20']);
  const early = owing();
  promises(early, '2026-11-02', '2026-11-08');
  expect(standing(early)).toEqual(['excluded nothing-due 2026-11-08']);
  const hardship = owing();
  promises(hardship, '2026-11-12', '2026-11-20', { kind: 'hardship' });
  expect(standing(hardship)).toEqual([]);
});
