import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../shared/testing/runs.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { DAY, localDay } from '../../../shared/time/clock.ts';
import { ledgerDifference, ledgerOf } from '../accounts/ledger/ledger.ts';
import { bill } from '../accounts/testing.ts';
import { payerOfSeveral } from './testing-payer.ts';

const UNITS = [1, 2, 3];
const moves = fc.array(
  fc.record({
    what: fc.constantFrom('charge', 'pay', 'pay', 'move', 'reverse', 'wake-up'),
    unit: fc.integer({ min: 1, max: 3 }),
    fen: fc.integer({ min: 1, max: 40_000 }),
    days: fc.nat(6),
    pick: fc.nat(20),
    twice: fc.boolean(),
  }),
  { minLength: 1, maxLength: 14 },
);

test('law: whatever a payer pays, moves and bounces, money received is what bills got and what is prepaid; nothing is booked twice', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (history) => {
      const w = await payerOfSeveral();
      for (const unit of UNITS) await w.charges(unit, [bill(10_000 * unit, { period: 'p0' })]);
      const received = new Map<string, number>();
      const post = async (who: string, path: string, body: object, key: string, twice: boolean) => {
        const send = () => w.call(who, `POST /sites/${SITE}/${path}`, body, key);
        let first = await send();
        // What fell due before it moved money since ledgers were read, on one account after the other: whoever sends it again gets it.
        for (let i = 0; i < UNITS.length && first.body.code === 'request.overtaken'; i++) first = await send();
        if (twice) expect(await send()).toEqual(first);
        return first;
      };
      for (const [i, { what, unit, fen, days, pick, twice }] of history.entries()) {
        w.now += days * DAY;
        const key = `law-${i}`;
        const [account, to] = [w.idOf(unit), w.idOf((unit % UNITS.length) + 1)];
        if (what === 'wake-up') await w.wakesUp(unit);
        if (what === 'charge') {
          await w.charges(unit, [bill(fen, { period: `p${i + 1}`, dueDay: localDay(w.now, 'UTC') })]);
        }
        if (what === 'pay') {
          const designated = pick % 3 === 0 ? [{ account }] : [];
          const { body, status } = await post(
            'li',
            'payments',
            { party: 'pty_1', fen, method: 'cash', designated },
            key,
            twice,
          );
          expect(status).toBe(200);
          received.set(body.payment, fen);
        }
        if (what === 'move')
          await post('sun', `accounts/${account}/credit-moves`, { to, fen, reason: 'x' }, key, twice);
        if (what === 'reverse' && received.size > 0) {
          const payment = [...received.keys()][pick % received.size] as string;
          const has = UNITS.map((one) => w.idOf(one));
          const held = await Promise.all(
            has.map(async (id) => ledgerOf(await w.accounts.whole(SITE, id)).payments.has(payment)),
          );
          const body = { account: has[held.indexOf(true)], reason: 'x' };
          const { status } = await post('sun', `payments/${payment}/reversals`, body, key, twice);
          if (status === 200) received.delete(payment);
        }
      }
      let paid = 0;
      for (const unit of UNITS) {
        const { entries } = ledgerOf(await w.accounts.whole(SITE, w.idOf(unit)));
        expect(ledgerDifference(await w.head(unit), entries)).toBe(0);
        for (const { kind, owedFen } of entries) if (kind === 'payment' || kind === 'offset') paid -= owedFen;
        paid += (await w.head(unit)).creditFen;
      }
      expect(paid).toBe([...received.values()].reduce((sum, one) => sum + one, 0));
    }),
    runs(20),
  );
}, 60_000);
