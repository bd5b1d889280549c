import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payerOn, type UnitPayer } from '../../shared/directory/units.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { append } from '../../shared/journal/aggregate.ts';
import { PAYERS_MAX, paysFrom, paysUntil } from './payers.ts';
import { link, unitType, unlink } from './unit.ts';
import type { Unit } from './unit-state.ts';

const TODAY = '2026-05-01';
const A = 'pty_a';
const B = 'pty_b';
const C = 'pty_c';
const FLAT: Unit = {
  building: '1',
  number: '101',
  kind: 'flat',
  areaMicro: 89_570_000,
  state: 'occupied',
  parties: [],
  payers: [],
  owed: [],
};

type UnitStep = (unit: Unit) => ReturnType<typeof link>;
const after = (...steps: UnitStep[]): Unit =>
  steps.reduce((unit, step) => {
    const decision = step(unit);
    if (decision instanceof Refusal) throw decision;
    const current = { site: 'here', id: 'unt_1', version: 1, state: unit };
    return append(unitType, current, decision.events, 0, 'x').next.state as Unit;
  }, FLAT);
const owns =
  (party: string, since?: string, payer = true): UnitStep =>
  (unit) =>
    link(unit, { party, relation: 'owner', payer, since }, TODAY);
const leaves =
  (party: string, until = TODAY): UnitStep =>
  (unit) =>
    unlink(unit, party, until, TODAY);
const payers = (...steps: UnitStep[]) => after(...steps).payers.map(({ party, from }) => [party, from]);

test("a unit's first payer pays from the beginning, a later one from the day it was said", () => {
  expect(payers(owns(A))).toEqual([[A, undefined]]);
  expect(payers(owns(A), owns(B))).toEqual([
    [A, undefined],
    [B, TODAY],
  ]);
});

test('a sale: the new owner pays since the day of the deed, told before or after it', () => {
  const sold = after(owns(A), owns(B, '2026-04-11'));
  expect(payerOn(sold.payers, '2026-04-10')).toBe(A);
  expect(payerOn(sold.payers, '2026-04-11')).toBe(B);
  expect(payers(owns(A), owns(B, '2026-06-01'), leaves(A))).toEqual([
    [A, undefined],
    [B, '2026-06-01'],
  ]);
});

test('a wrong day of the deed is corrected, to an earlier or a later one', () => {
  for (const day of ['2026-03-01', '2026-04-20']) {
    expect(payers(owns(A), owns(B, '2026-04-11'), owns(B, day))).toEqual([
      [A, undefined],
      [B, day],
    ]);
  }
  expect(payers(owns(A), owns(A, '2026-01-01'))).toEqual([[A, '2026-01-01']]);
});

test('what is said of the same day or an earlier one overtakes what was said before', () => {
  expect(payers(owns(A), owns(B, '2026-04-11'), owns(C, '2026-04-11'))).toEqual([
    [A, undefined],
    [C, '2026-04-11'],
  ]);
  expect(payers(owns(A), owns(B, '2026-04-11'), owns(A, '2026-04-01'))).toEqual([[A, undefined]]);
});

test('who left, or is said not to pay any more, is followed by nobody until somebody is named', () => {
  expect(payers(owns(A), leaves(A, '2026-04-11'), owns(B))).toEqual([
    [A, undefined],
    [undefined, '2026-04-11'],
    [B, TODAY],
  ]);
  expect(payers(owns(A), owns(A, '2026-04-20', false))).toEqual([
    [A, undefined],
    [undefined, '2026-04-20'],
  ]);
  expect(payers(owns(A), owns(B, '2026-04-11'), leaves(B, '2026-01-01'))).toEqual([
    [A, undefined],
    [undefined, '2026-04-11'],
  ]);
  expect(payers(owns(A), owns(B, TODAY, false), leaves(B))).toEqual([[A, undefined]]);
});

test('another relation or the same word again changes nothing of who pays since when', () => {
  const tenant: UnitStep = (unit) => link(unit, { party: B, relation: 'tenant', payer: true }, TODAY);
  expect(payers(owns(A), owns(B, '2026-04-11'), tenant)).toEqual([
    [A, undefined],
    [B, '2026-04-11'],
  ]);
  const unit = after(owns(A), owns(B, '2026-04-11'));
  expect(owns(B, '2026-04-11')(unit)).toEqual({ events: [] });
  expect(owns(B)(unit)).toEqual({ events: [] });
});

test('a day before 1990 or more than 366 days ahead is refused', () => {
  for (const day of ['1989-12-31', '2027-05-03']) {
    expect(owns(A, day)(FLAT)).toMatchObject({ code: 'unit.day-too-far', details: { to: '2027-05-02' } });
    expect(leaves(A, day)(after(owns(A)))).toMatchObject({ code: 'unit.day-too-far' });
  }
  expect(payers(owns(A, '1990-01-01'), owns(B, '2027-05-02'))).toHaveLength(2);
});

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`);
const change = fc.oneof(fc.record({ party: fc.constantFrom(A, B, C), from: day }), fc.record({ until: day }));

test('whatever is said, the timeline runs forward, no two in a row are the same, and earlier days stay as they were', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      let now: UnitPayer[] = [];
      for (const one of changes) {
        const last = now.at(-1);
        if ('until' in one && last?.party === undefined) continue;
        const next = 'until' in one ? paysUntil(now, one.until) : paysFrom(now, one.party, one.from);
        const [said, party] =
          'until' in one ? [one.until < (last?.from ?? '') ? last?.from : one.until, undefined] : [one.from, one.party];
        expect(next.at(-1)?.party).toBe(party);
        expect(payerOn(next, '2026-02-28')).toBe(party);
        for (let n = 1; n <= 28; n++) {
          const that = `2026-02-${String(n).padStart(2, '0')}`;
          const corrected = party !== undefined && last?.party === party;
          if (that < String(said) && !corrected && next.length < PAYERS_MAX)
            expect(payerOn(next, that)).toBe(payerOn(now, that));
          if (that >= String(said)) expect(payerOn(next, that)).toBe(party);
        }
        for (const [i, { from, party: who }] of next.entries()) {
          if (i === 0) continue;
          expect((next[i - 1]?.from ?? '') < (from ?? '')).toBe(true);
          expect(next[i - 1]?.party).not.toBe(who);
        }
        now = next;
      }
    }),
  );
});

test('of many changes the newest are kept, and the first of them says that there were others, whatever comes then', () => {
  let all: UnitPayer[] = [];
  for (let n = 1; n <= 28; n++) all = paysFrom(all, n % 2 ? A : B, `2026-02-${String(n).padStart(2, '0')}`);
  expect(all).toHaveLength(PAYERS_MAX);
  expect(all.at(-1)).toEqual({ party: B, from: '2026-02-28' });
  expect(all.filter(({ cut }) => cut)).toEqual([{ party: A, from: '2026-02-05', cut: true }]);
  expect(paysFrom(all, C, '2026-02-06')).toEqual([
    { party: A, from: '2026-02-05', cut: true },
    { party: C, from: '2026-02-06' },
  ]);
  expect(paysFrom(all, C, '2026-02-02')).toEqual([{ party: C, from: '2026-02-02', cut: true }]);
  expect(paysFrom(paysFrom(all, C, '2026-02-02'), C, '2026-02-01')).toEqual([
    { party: C, from: '2026-02-01', cut: true },
  ]);
  expect(paysFrom(all, C, undefined)).toEqual([{ party: C, from: undefined }]);
});
