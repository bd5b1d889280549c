import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byStatement, METHODS } from '../accounts/terms.ts';
import { type CashRow, changesOf, inTill, tally, unclaimedOf, unexplained } from './figures.ts';
import { ROW_STATUSES, wantsWords } from './terms.ts';

const row: fc.Arbitrary<CashRow> = fc
  .record({
    kind: fc.constantFrom('taken', 'paid', 'reversed', 'refunded', 'line'),
    of: fc.string({ minLength: 1, maxLength: 6 }),
    method: fc.constantFrom(...METHODS),
    fen: fc.integer({ min: 1, max: 1_000_000 }),
    as: fc.constantFrom(...ROW_STATUSES),
    at: fc.constant(0),
  })
  .filter(({ kind, method }) => kind !== 'line' || byStatement(method))
  .map(({ as, ...one }) =>
    byStatement(one.method) && !['reversed', 'refunded'].includes(one.kind) ? { ...one, as } : one,
  );
const day = (rows: readonly CashRow[]) => {
  const { add, done } = tally();
  for (const one of rows) add(one);
  return done();
};
const total = (all: readonly { count: number; fen: number }[]) =>
  all.reduce((sum, { count, fen }) => ({ count: sum.count + count, fen: sum.fen + fen }), { count: 0, fen: 0 });

describe('a cash day, whatever it is made of', () => {
  it('has each channel come to its parts, by our receipts and by the statements', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        for (const { method, count, fen, receipts, statement } of day(rows).methods) {
          const of = rows.filter((one) => one.method === method);
          expect({ count, fen }).toEqual(total(of.filter(({ kind }) => kind === 'taken' || kind === 'paid').map(one)));
          if (!receipts || !statement) continue;
          expect(total(receipts)).toEqual({ count, fen });
          expect(total(statement.lines)).toEqual({ count: statement.count, fen: statement.fen });
        }
      }),
    );
    function one({ fen }: CashRow) {
      return { count: 1, fen };
    }
  });

  it('is another exactly when a row is, and says by how much: what was and what changed is what is', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), row, fc.nat(20), (rows, more, i) => {
        const before = day(rows);
        expect(day(rows)).toEqual(before);
        const after = day([...rows.slice(0, i), more, ...rows.slice(i)]);
        expect(after.seal).not.toBe(before.seal);
        expect(changesOf(before.methods, before.methods)).toEqual([]);
        const changes = changesOf(before.methods, after.methods);
        expect(changes.length).toBeGreaterThan(0);
        for (const { method, was, is } of changes) {
          expect([method, is.count - was.count, is.fen - was.fen]).toEqual([more.method, 1, more.fen]);
        }
      }),
    );
  });

  it('wants a word to exactly the channels that differ, and to none that only waits for its owner', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.integer({ min: -10, max: 10 }), (rows, off) => {
        const { methods } = day(rows);
        const differ = new Set(rows.filter(({ as }) => as && wantsWords(as)).map(({ method }) => method));
        if (off !== 0) differ.add('cash');
        expect(new Set(unexplained(methods, inTill(methods) + off))).toEqual(differ);
        const waiting = rows.filter(({ kind, as }) => kind === 'line' && (as === 'unclaimed' || as === 'other-sum'));
        expect(unclaimedOf(methods).count).toBe(waiting.length);
      }),
    );
  });
});
