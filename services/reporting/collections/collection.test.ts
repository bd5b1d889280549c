import { beforeEach, describe, expect, test } from 'vitest';
import { adjust, charge, reverse } from '../../billing/accounts/decide.ts';
import { accountInHand, at, bill, CONTEXT, WORDS } from '../../billing/accounts/testing.ts';
import { askWaiver, decideWaiver } from '../../billing/accounts/two-people.ts';
import { type LedgerWorld, ledgerWorld, pays, told } from './testing-ledgers.ts';

let w: LedgerWorld;
beforeEach(async () => {
  w = await ledgerWorld();
});
const rate = (fen: number, ofFen: number, percent: string) => ({ fen, ofFen, percent });

describe('the current-period rate (本期收缴率)', () => {
  test('stands as it stood at the end of the month, and as it stands now', async () => {
    const hand = accountInHand();
    hand.charged(at('2026-11-01'), bill(25_399));
    pays(hand, '2026-11-30', 20_000);
    pays(hand, '2026-12-01', 5_398);
    await w.happen(...told(hand));
    expect(await w.total('2026-11')).toMatchObject({
      current: rate(20_000, 25_399, '78.74'),
      currentToDate: rate(25_398, 25_399, '99.99'),
    });
    expect(await w.total('2026-10')).toMatchObject({ current: null, currentToDate: null, prior: null });
  });

  test('counts what is offset from the prepaid balance, and leaves waivers and late charges out', async () => {
    const hand = accountInHand({ ...CONTEXT, policy: { ...CONTEXT.policy, lateChargePerMillion: 400 } });
    hand.charged(at('2026-10-01'), bill(100, { period: '2026-10', dueDay: '2026-10-10' }));
    pays(hand, '2026-10-05', 10_100);
    hand.charged(at('2026-11-01'), bill(25_399));
    hand.does(at('2026-11-02'), (on) =>
      askWaiver(on, { waiver: 'wvr_1', bill: 'management/2026-11', fen: 399, words: WORDS }),
    );
    hand.does(at('2026-11-02'), (on) => decideWaiver(on, { waiver: 'wvr_1', agree: true, words: WORDS }), 'zhao');
    pays(hand, '2026-11-30', 5_000);
    await w.happen(...told(hand));
    // Of the 5,000, 20 days of late charges on 15,000 came first: 120.
    expect(await w.total('2026-11')).toMatchObject({
      current: rate(14_880, 25_000, '59.52'),
      late: { chargedFen: 120, collectedFen: 120, closingFen: 0 },
      prepaid: { openingFen: 10_000, offsetFen: 10_000, closingFen: 0 },
      principal: { chargedFen: 25_399, offsetFen: 10_000, waivedFen: 399, collectedFen: 4_880, closingFen: 10_120 },
      differenceFen: 0,
    });
  });

  test('a bill counts to the month its period ends in; a paid service to the month it was charged', async () => {
    const hand = accountInHand();
    hand.charged(
      at('2026-10-01'),
      { ...bill(300, { period: '2026-10' }), to: '2026-12-31' },
      bill(500, { item: 'sanitation', period: '2026-Q3' }),
      bill(700, { item: 'parking', period: '2026' }),
    );
    hand.does(at('2026-11-30'), (on) => {
      const slip = bill(1_100, { item: 'service', period: '2026-12-01.slp_1', dueDay: '2026-12-01' });
      return charge(on, { unit: 'unt_1', party: 'pty_1', building: 'A', slip: 'slp_1', bills: [slip] });
    });
    pays(hand, '2026-12-02', 2_600);
    await w.happen(...told(hand));
    const due = async (month: string) => (await w.total(month)).currentToDate?.ofFen ?? 0;
    expect(await Promise.all(['2026-09', '2026-10', '2026-11', '2026-12'].map(due))).toEqual([500, 0, 1_100, 1_000]);
    expect((await w.total('2026-12')).currentToDate).toEqual(rate(1_000, 1_000, '100.00'));
    expect((await w.total('2026-11')).current).toEqual(rate(0, 1_100, '0.00'));
  });
});

describe('prior arrears recovered (清欠率)', () => {
  const owing = () => {
    const hand = accountInHand();
    hand.charged(at('2026-11-01'), bill(10_000));
    return hand;
  };

  test('of what was open when the year began, what was recovered in it', async () => {
    const hand = owing();
    pays(hand, '2026-12-20', 4_000);
    hand.charged(at('2027-01-01'), bill(10_000, { period: '2027-01', dueDay: '2027-01-10' }));
    pays(hand, '2027-02-03', 1_500);
    await w.happen(...told(hand));
    expect((await w.total('2027-01')).prior).toEqual(rate(0, 6_000, '0.00'));
    expect((await w.total('2027-02')).prior).toEqual(rate(1_500, 6_000, '25.00'));
    expect((await w.total('2026-12')).prior).toBeNull();
  });

  test('arrears taken over this year are arrears; a payment of last year that turned out not to have come is too', async () => {
    const hand = owing();
    pays(hand, '2026-12-20', 10_000, 'pay_1');
    hand.does(at('2027-03-01'), (on) => reverse(on, 'pay_1', WORDS, hand.ledger));
    hand.charged(at('2027-03-02'), bill(2_000, { item: 'arrears', period: '2025', dueDay: '2025-12-31' }));
    pays(hand, '2027-03-03', 3_000, 'pay_2');
    await w.happen(...told(hand));
    expect(await w.total('2027-03')).toMatchObject({
      prior: rate(3_000, 12_000, '25.00'),
      principal: { openingFen: 0, chargedFen: 2_000, reversedFen: 10_000, collectedFen: 3_000, closingFen: 9_000 },
    });
  });

  test('what a correction frees of a bill that had been paid is neither, but what it then pays for is recovered', async () => {
    const hand = owing();
    hand.charged(at('2026-11-01'), bill(3_000, { item: 'parking' }));
    pays(hand, '2026-12-20', 11_000);
    hand.does(at('2027-01-05'), (on) =>
      adjust(on, { bill: 'management/2026-11', fen: -10_000, words: WORDS }, hand.ledger),
    );
    await w.happen(...told(hand));
    const { prior, principal, prepaid } = await w.total('2027-01');
    // 4.62 of parking were still open: freed money pays for that at once.
    expect(prior).toEqual(rate(462, 462, '100.00'));
    expect(principal).toMatchObject({ adjustedFen: -10_000, offsetFen: 462, closingFen: 0 });
    const { freedFen } = principal;
    expect(prepaid).toMatchObject({ paidFen: 0, freedFen, offsetFen: 462, closingFen: freedFen - 462 });
  });

  test('what was recovered this year and freed by a correction is not recovered, and counts once where it is offset anew', async () => {
    const hand = owing();
    pays(hand, '2027-02-03', 10_000);
    hand.does(at('2027-03-01'), (on) =>
      adjust(on, { bill: 'management/2026-11', fen: -4_000, words: WORDS }, hand.ledger),
    );
    await w.happen(...told(hand));
    expect((await w.total('2027-02')).prior).toEqual(rate(10_000, 10_000, '100.00'));
    expect((await w.total('2027-03')).prior).toEqual(rate(6_000, 6_000, '100.00'));
    hand.charged(at('2027-04-01'), bill(10_000, { item: 'arrears', period: '2025', dueDay: '2025-12-31' }));
    await w.happen(...told(hand));
    expect((await w.total('2027-04')).prior).toEqual(rate(10_000, 16_000, '62.50'));
  });
});
