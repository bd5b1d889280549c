import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROUNDINGS, sumFen } from '../../../shared/values/money.ts';
import { price } from './price.ts';
import { split } from './split.ts';
import { always, flat, item, known, plan } from './testing.ts';

const days = fc.integer({ min: 1, max: 30 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);

test('however often a unit is sold within, what its payers pay adds up to the fee of one', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(days, { maxLength: 6 }),
      fc.integer({ min: 1, max: 500_000_000 }),
      fc.constantFrom(...ROUNDINGS),
      fc.option(fc.integer({ min: 1, max: 99 })),
      (sales, areaMicro, rounding, percent) => {
        const payers = [{ party: 'pty_0' }, ...sales.sort().map((from, i) => ({ party: `pty_${i + 1}`, from }))];
        const discounts =
          percent === null
            ? []
            : [{ unit: 'unt_1', item: 'management', percent, from: '2026-01-01', to: '2026-12-31' }];
        const november = plan(always(item({ rounding })), '2026-11');
        const sold = price(november, flat({ areaMicro, payers }), known({ discounts }));
        const one = price(november, flat({ areaMicro }), known({ discounts }));
        const bills = (of: typeof one) => of.payers.flatMap((payer) => payer.bills);
        const gross = (of: typeof one) => sumFen(bills(of).map(({ fen, discountFen = 0 }) => fen + discountFen));
        expect(gross(sold)).toBe(gross(one));
        expect(bills(sold).every(({ fen, discountFen = 0 }) => fen >= 0 && discountFen >= 0)).toBe(true);
      },
    ),
  );
});

test('a split adds up, gives nobody less than nothing, and nothing to no weight', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000_000),
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 50 }),
      fc.constantFrom(...ROUNDINGS),
      (whole, weights, rule) => {
        const shares = split(whole, weights, rule);
        const all = weights.reduce((sum, weight) => sum + weight, 0n);
        expect(sumFen(shares)).toBe(all === 0n ? 0 : whole);
        shares.forEach((share, i) => {
          expect(share).toBeGreaterThanOrEqual(0);
          if (weights[i] === 0n) expect(share).toBe(0);
        });
      },
    ),
  );
});
