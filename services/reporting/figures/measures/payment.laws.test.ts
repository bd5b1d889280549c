import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../../shared/domain/refusal.ts';
import { runs } from '../../../../shared/testing/runs.ts';
import { DAY, HOUR, localDay } from '../../../../shared/time/clock.ts';
import { accountByHand } from '../../../../test/support/by-hand-billing.ts';
import { pay, reverse } from '../../../billing/accounts/decide.ts';
import { accountInHand, at, bill, WORDS } from '../../../billing/accounts/testing.ts';
import { askHold, decideHold, release } from '../../../billing/accounts/two-people.ts';
import { told } from '../../collections/testing-ledgers.ts';
import { SITE, ZONE } from '../../testing/site.ts';
import { caseOutcomesOf, mergeFacts } from '../row.ts';
import { project } from './index.ts';
import type { Seen } from './measure.ts';

const DEEDS = ['promise', 'renew', 'withdraw', 'pay', 'pay', 'pay', 'bounce', 'bounce', 'wake-up', 'charge'] as const;
const moves = fc.array(
  fc.record({ what: fc.constantFrom(...DEEDS), hours: fc.constantFrom(0, 1, 20, 24, 72), days: fc.nat(9) }),
  { minLength: 3, maxLength: 14, size: 'max' },
);

/** An account that promises, pays, and whose payments bounce; what is refused is left out. */
const journalOf = (all: { what: (typeof DEEDS)[number]; hours: number; days: number }[]): Seen[] => {
  const hand = accountInHand();
  hand.charged(at('2026-11-01'), bill(1_000));
  let now = at('2026-11-11');
  for (const [n, { what, hours, days }] of all.entries()) {
    now += hours * HOUR;
    const until = localDay(now + days * DAY, ZONE);
    const [hold] = Object.keys(hand.state.holds);
    const came = [...hand.ledger.payments.values()].filter(({ reversed }) => !reversed);
    try {
      if (what === 'pay') hand.does(now, (on) => pay(on, { payment: `pay_${n}`, method: 'cash', fen: 1_000 }));
      if (what === 'bounce') hand.does(now, (on) => reverse(on, came.at(-1)?.payment ?? '', WORDS, hand.ledger));
      if (what === 'withdraw') hand.does(now, (on) => release(on, hold ?? '', 'withdrawn'));
      if (what === 'wake-up') hand.wakesUp(now);
      if (what === 'charge') hand.charged(now, bill(1_000, { period: `p${n}`, dueDay: localDay(now, ZONE) }));
      if (what === 'promise' || what === 'renew') {
        const renews = what === 'renew' && hold !== undefined ? { renews: hold } : {};
        const wanted = { hold: `hld_${n}`, kind: 'promise' as const, until, words: WORDS, ...renews };
        hand.does(now, (on) => askHold(on, wanted));
        hand.does(now, (on) => decideHold(on, { hold: wanted.hold, agree: true, words: WORDS }), 'zhao');
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return told(hand) as Seen[];
};

const standing = (events: readonly Seen[]): string[] =>
  [
    ...mergeFacts(
      SITE,
      events.flatMap((event) => project(event, ZONE)),
    ).values(),
  ]
    .flatMap(caseOutcomesOf)
    .filter(({ measure }) => measure === 'promised-payment')
    .map(({ measure, day, state }) => [measure, day, state].join(' '))
    .sort();

test('law: promises whose payments bounce and come again are what one counts by hand, in whatever order their events arrive', () => {
  let resumed = 0;
  fc.assert(
    fc.property(
      moves
        .map(journalOf)
        .chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length })),
        ),
      ([events, shuffled]) => {
        resumed += events.filter(({ name, data }) => name === 'account.reversed' && 'resumed' in data).length;
        const byHand = accountByHand(events, ZONE).filter(([measure]) => measure === 'promised-payment');
        expect(standing(events)).toEqual(byHand.map((one) => one.join(' ')).sort());
        expect(standing(shuffled)).toEqual(standing(events));
      },
    ),
    runs(75),
  );
  expect(resumed).toBeGreaterThan(0);
});
