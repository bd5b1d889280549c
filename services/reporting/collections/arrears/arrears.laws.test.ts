import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { refold } from '../../../../shared/journal/aggregate.ts';
import { runs } from '../../../../shared/testing/runs.ts';
import { addDays, type Day } from '../../../../shared/time/clock.ts';
import type { Account } from '../../../billing/accounts/account.ts';
import { accountType } from '../../../billing/accounts/aggregate.ts';
import { RUNGS } from '../../../billing/events.ts';
import type { Seen } from '../../figures/measures/measure.ts';
import { accounts } from '../../testing/billing.ts';
import { monthIn } from '../../testing/site.ts';
import { collectionFiguresOf } from '../report.ts';
import { summed } from '../testing-sums.ts';
import { ageing, BUCKETS, type Open } from './ageing.ts';
import { funnel } from './funnel.ts';
import { DEBT_OUTCOMES } from './ladder.ts';

/** From the first month in which what a test makes up can happen, a year and more; and one when all of it has. */
const MONTHS = [
  ...['10', '11', '12'].map((month) => `2026-${month}`),
  ...Array.from({ length: 12 }, (_, i) => `2027-${String(i + 1).padStart(2, '0')}`),
  '2028-12',
];
const lastDayOf = (month: string): Day => addDays(`${addDays(`${month}-01`, 31).slice(0, 7)}-01`, -1);

/** The accounts' heads as they stood at the end of a month. */
const headsAt = (journals: readonly Seen[][], month: string): Account[] =>
  journals.flatMap(
    (all) =>
      refold(
        accountType,
        all.filter(({ at }) => monthIn(at) <= month),
      ) ?? [],
  );

/** What is open of some accounts whose age in days is within bounds, as one would count it by hand. */
const openByHand = (heads: readonly Account[], on: Day, least: number, most: number): Open => {
  const open = heads.map(({ debts }) => debts.filter(({ openFen }) => openFen > 0));
  const is = ({ dueDay }: { dueDay: Day }) => addDays(dueDay, least) <= on && on <= addDays(dueDay, most);
  const sum = (fen: readonly number[]) => fen.reduce((total, one) => total + one, 0);
  return {
    fen: sum(
      open
        .flat()
        .filter(is)
        .map(({ openFen }) => openFen),
    ),
    lateFen: sum(
      heads
        .flatMap(({ debts }) => debts)
        .filter(is)
        .map(({ lateFen }) => lateFen),
    ),
    bills: open.flat().filter(is).length,
    accounts: open.filter(([oldest]) => oldest && is(oldest)).length,
  };
};
const DAYS: Record<(typeof BUCKETS)[number], [number, number]> = {
  'not-due': [-9_999, 0],
  '1-30': [1, 30],
  '31-60': [31, 60],
  '61-90': [61, 90],
  '91-180': [91, 180],
  '181-365': [181, 365],
  'over-365': [366, 9_999],
};

test('law: at the end of every month each age is what accounts owe of it, of all and of each building, and all ages are what is open', async () => {
  await fc.assert(
    fc.asyncProperty(accounts, async (journals) => {
      const { due, total } = await summed([journals.flat()], journals);
      for (const month of MONTHS) {
        const on = lastDayOf(month);
        const heads = headsAt(journals, month);
        const levels = [
          { cells: due.total, of: heads },
          ...['1幢', '2#'].map((name) => ({
            cells: due.buildings.filter(({ key }) => key.building === name),
            of: heads.filter(({ building }) => building === name),
          })),
        ];
        for (const { cells, of } of levels) {
          const found = ageing(cells, on, month);
          for (const bucket of BUCKETS)
            expect(found.buckets[bucket], `${month} ${bucket}`).toEqual(openByHand(of, on, ...DAYS[bucket]));
          expect(found.open, month).toEqual(openByHand(of, on, -9_999, 9_999));
          expect(found.overdue, month).toEqual(openByHand(of, on, 1, 9_999));
        }
        const { principal, late } = collectionFiguresOf(...total, month);
        const { open } = ageing(due.total, on, month);
        expect([open.fen, open.lateFen], month).toEqual([principal.closingFen, late.closingFen]);
      }
    }),
    runs(10),
  );
});

/** Each rung that was ever taken for a debt, with what was open of it then and what has become of it, from the journals. */
const rungsByHand = (journals: readonly Seen[][], month: string) =>
  journals.flatMap((all) => {
    const events = all.filter(({ at }) => monthIn(at) <= month);
    const head = refold(accountType, events);
    const taken = events.flatMap((event, i) => {
      if (event.name !== 'account.step-due' && event.name !== 'account.step-superseded') return [];
      const { dueDay, rung } = event.data;
      // Told as missed by itself and sent then, it is taken once.
      const told = ({ name, data }: Seen) =>
        name === 'account.step-superseded' && data.by === rung && data.rung === rung && data.dueDay === dueDay;
      if (events.slice(0, i).some(told)) return [];
      const debts = refold(accountType, events.slice(0, i))?.debts.filter((debt) => debt.dueDay === dueDay) ?? [];
      return [{ dueDay, rung, fen: debts.reduce((sum, { openFen }) => sum + openFen, 0) }];
    });
    return taken.map(({ dueDay, rung, fen }) => {
      const last = taken.findLast((one) => one.dueDay === dueDay)?.rung === rung;
      const open = head?.debts.some((debt) => debt.dueDay === dueDay);
      const held = Object.keys(head?.holds ?? {}).length > 0;
      const outcome = open ? (held ? 'held' : 'open') : last ? 'settled' : 'settledLater';
      return { dueDay, rung, fen, outcome };
    });
  });

test('law: the funnel has every rung that was taken once, by what became of the debt by the end of a month', async () => {
  await fc.assert(
    fc.asyncProperty(accounts, async (journals) => {
      const { due } = await summed([journals.flat()], journals);
      for (const month of MONTHS.slice(0, 8)) {
        const hand = rungsByHand(journals, month);
        for (const cohort of [
          { from: '2026-01-01', to: '2030-12-31' },
          { from: '2026-11-01', to: '2026-12-31' },
        ]) {
          const ours = hand.filter(({ dueDay }) => cohort.from <= dueDay && dueDay <= cohort.to);
          const { rungs } = funnel(due.total, cohort, month);
          for (const rung of rungs) {
            const took = (some: typeof ours) => ({
              debts: some.length,
              fen: some.reduce((sum, { fen }) => sum + fen, 0),
            });
            const of = ours.filter((one) => one.rung === rung.rung);
            expect(rung.reached, `${month} ${rung.rung}`).toEqual(took(of));
            for (const outcome of DEBT_OUTCOMES)
              expect(rung[outcome], `${month} ${rung.rung} ${outcome}`).toEqual(
                took(of.filter((one) => one.outcome === outcome)),
              );
          }
        }
      }
      expect(funnel(due.total, { from: '2026-01-01', to: '2030-12-31' }).rungs.map(({ rung }) => rung)).toEqual(RUNGS);
    }),
    runs(15),
  );
});
