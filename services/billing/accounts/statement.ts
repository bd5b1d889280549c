import { type Day, localDay } from '../../../shared/clock.ts';
import { type Language, say } from '../../../shared/text/catalogue.ts';
import { type ItemNames, itemLabel, periodLabel, word } from '../labels.ts';
import type { AccountStatement } from '../paper/model.ts';
import type { Entry } from './entries.ts';
import { balances } from './ledger.ts';

type Span = Pick<AccountStatement, 'from' | 'to' | 'openingFen' | 'rows' | 'closingFen' | 'prepaidFen'>;

/**
 * The lines of an account between two site-local days, both included, with the balance before and after (pure). Prepaid
 * money is listed apart: a line that moves it alone stands in the rows without changing what is owed.
 */
export const statementOf = (
  entries: readonly Entry[],
  { from, to, zone, names, language }: { from: Day; to: Day; zone: string; names: ItemNames; language: Language },
): Span => {
  const dated = entries.map((entry) => ({ ...entry, day: localDay(entry.at, zone) }));
  const owed = (some: readonly Entry[]) => some.reduce((sum, { owedFen }) => sum + owedFen, 0);
  const openingFen = owed(dated.filter(({ day }) => day < from));
  let balanceFen = openingFen;
  const rows = dated
    .filter(({ day, owedFen }) => day >= from && day <= to && owedFen !== 0)
    .map(({ day, kind, reversal, bill = '', owedFen }) => {
      balanceFen += owedFen;
      const what = word('entry', kind, language);
      return {
        day,
        what: reversal ? say('entry.reversed', language, { what }) : what,
        item: itemLabel(bill, names, language),
        period: periodLabel(bill, language),
        debitFen: Math.max(0, owedFen),
        creditFen: Math.max(0, -owedFen),
        balanceFen,
      };
    });
  const { creditFen } = balances(dated.filter(({ day }) => day <= to));
  return { from, to, openingFen, rows, closingFen: balanceFen, prepaidFen: creditFen };
};
