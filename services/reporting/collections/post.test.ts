import { expect, test } from 'vitest';
import type { Recorded } from '../../../shared/domain/events.ts';
import { pay } from '../../billing/accounts/decide.ts';
import { accountInHand, at, bill } from '../../billing/accounts/testing.ts';
import type { AccountEvent } from '../../billing/events.ts';
import { ZONE } from '../testing/site.ts';
import { packedPostings, stepsOf } from './post.ts';
import { told } from './testing-ledgers.ts';

/** As many bills as arrears are taken over in one go, each of an item and a year of its own, with a discount, partly prepaid. */
const wide = (account: string) => {
  const hand = accountInHand();
  hand.charged(at('2026-10-01'), bill(1, { period: '2026-10' }));
  hand.does(at('2026-10-02'), (on) => pay(on, { payment: 'pay_1', method: 'cash', fen: 40_001 }));
  const bills = Array.from({ length: 60 }, (_, i) =>
    bill(1_000, { item: `item${i}`, period: `${1960 + i}`, dueDay: `${1961 + i}-01-10` }),
  );
  hand.charged(at('2026-11-01'), ...bills.map((one) => ({ ...one, discountFen: 10 })));
  return [account, told(hand, account) as Recorded<AccountEvent>[]] as const;
};

test('whatever bills come together, no transaction has more than 100 items, and an account moves on in order', () => {
  const accounts = Array.from({ length: 5 }, (_, n) => wide(`acc_${n}-1`));
  const steps = accounts.flatMap(([account, events]) => stepsOf(account, undefined, events, ZONE));
  const postings = packedPostings(steps);
  const sizes = postings.map(({ rows, cells }) => rows.size + cells.size);
  expect(Math.max(...sizes)).toBeGreaterThan(80);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  for (const [account, events] of accounts) {
    const moves = postings.flatMap(({ rows }) => rows.get(account) ?? []);
    expect(moves[0]?.before).toBeUndefined();
    expect(moves.slice(1).map(({ before }) => before)).toEqual(moves.slice(0, -1).map(({ after }) => after));
    expect(moves.at(-1)?.after).toMatchObject({ version: events.at(-1)?.version, line: 0 });
  }
  const total = postings.flatMap(({ cells }) => [...cells.values()]).filter(({ key }) => key.item === undefined);
  const charged = total
    .filter(({ key }) => key.by === 'entered')
    .reduce((sum, { money }) => sum + (money.charged ?? 0), 0);
  expect(charged).toBe(5 * (60 * 1_010 + 1));
});
