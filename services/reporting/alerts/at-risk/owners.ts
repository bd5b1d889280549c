import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { getAll, inParallel } from '../../../../shared/aws/many.ts';
import type { Obligation } from '../../../../shared/domain/obligation.ts';
import { aggregateKey, HEAD, type HeadItem } from '../../../../shared/journal/layout.ts';
import type { Instant } from '../../../../shared/time/clock.ts';
import { homesOf, rowName } from '../../figures/contract.ts';
import { JOURNALS, type JournalTable, type RunningCase, TABLE_OF } from '../../figures/contract-store.ts';

/** The tables whose heads say who owes what, by name. */
export interface Heads {
  doc: DynamoDBDocumentClient;
  tables: Record<JournalTable, string>;
}

/** @param wired names tables, as `wire()` does */
export const headsIn = ({
  doc,
  tables,
}: {
  doc: DynamoDBDocumentClient;
  tables(name: string): { own: string };
}): Heads => ({
  doc,
  tables: Object.fromEntries(JOURNALS.map((name) => [name, tables(name).own])) as Heads['tables'],
});

/** What figures are judged by, of all that cases owe. */
const DUTIES = ['answer', 'hand-over', 'accept', 'reply', 'call', 'close', 'step', 'deliver', 'work', 'amount'];
/** What an account owes as long as anything of it is open. */
const COLLECT = 'collect';

/**
 * The obligation that a case is about to miss: the one with one of its deadlines, of a step the one that bears its name. A promise
 * to pay is the payer's to keep; of ours it is whoever has to collect what the account has open.
 */
const owedOf = ({ key, dues }: RunningCase, owed: readonly Obligation[], until: Instant): Obligation | undefined => {
  const deadlines = Object.values(dues);
  const step = key.family === 'step' ? String(key.ordinal).replaceAll('.', '/') : undefined;
  const isIt = ({ duty, of, due }: Obligation): boolean => {
    if (key.family === 'payment') return duty === COLLECT;
    return DUTIES.includes(duty) && due <= until && (step === undefined ? deadlines.includes(due) : of === step);
  };
  return owed.filter(isIt).sort((a, b) => a.due - b.due)[0];
};

/** Who owes what of cases is at risk, read from the services' own heads; a case that has just been dealt with is absent. */
export const ownersOf = async (
  { doc, tables }: Heads,
  cases: readonly RunningCase[],
  until: Instant,
): Promise<Map<string, Obligation>> => {
  const homes = cases.flatMap(({ key }) =>
    homesOf(key).map(({ type, id }) => ({ table: TABLE_OF[type], pk: aggregateKey(key.site, type, id) })),
  );
  const byTable = [...Map.groupBy(homes, ({ table }) => table)];
  const heads = await inParallel(byTable, byTable.length, ([table, some]) =>
    getAll(
      { doc, table: tables[table] },
      some.map(({ pk }) => ({ pk, sk: HEAD })),
    ),
  );
  const owedIn = new Map(
    heads.flat().map((item) => [item.pk, (item as unknown as HeadItem<{ owed: Obligation[] }>).state.owed]),
  );
  return new Map(
    cases.flatMap((one): [string, Obligation][] => {
      const all = homesOf(one.key).flatMap(({ type, id }) => owedIn.get(aggregateKey(one.key.site, type, id)) ?? []);
      const found = owedOf(one, all, until);
      return found ? [[rowName(one.key), found]] : [];
    }),
  );
};
