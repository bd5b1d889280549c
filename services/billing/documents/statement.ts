import { type Language, say } from '../../../shared/text/catalogue.ts';
import { type Day, localDay } from '../../../shared/time/clock.ts';
import { balances, type LedgerEntry } from '../accounts/contract.ts';
import { type ItemNames, itemLabel, periodLabel, word } from './labels.ts';
import type { AccountStatement } from './model.ts';

type Span = Pick<AccountStatement, 'from' | 'to' | 'openingFen' | 'rows' | 'closingFen' | 'prepaidFen'>;

/**
 * The lines of an account between two site-local days, both included, with the balance before and after (pure): what is
 * owed less what is prepaid, so that the credits of a span are all the money that came in. What prepaid money pays is debit
 * and credit at once.
 */
export const statementOf = (
  entries: readonly LedgerEntry[],
  { from, to, zone, names, language }: { from: Day; to: Day; zone: string; names: ItemNames; language: Language },
): Span => {
  const dated = entries.map((entry) => ({ ...entry, day: localDay(entry.at, zone) }));
  const { openFen, lateFen, creditFen: before } = balances(dated.filter(({ day }) => day < from));
  const openingFen = openFen + lateFen - before;
  let balanceFen = openingFen;
  const rows = dated
    .filter(({ day }) => day >= from && day <= to)
    .map(({ day, kind, reversal, bill = '', owedFen, creditFen }) => {
      balanceFen += owedFen - creditFen;
      const what = word('entry', kind, language);
      return {
        day,
        what: reversal ? say('entry.reversed', language, { what }) : what,
        item: itemLabel(bill, names, language),
        period: periodLabel(bill, language),
        debitFen: Math.max(0, owedFen) + Math.max(0, -creditFen),
        creditFen: Math.max(0, -owedFen) + Math.max(0, creditFen),
        balanceFen,
      };
    });
  const { creditFen } = balances(dated.filter(({ day }) => day <= to));
  return { from, to, openingFen, rows, closingFen: balanceFen, prepaidFen: creditFen };
};
