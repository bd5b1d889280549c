import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Journal, type JournalTables, journal, type Page } from '../../../shared/journal/journal.ts';
import { getAll } from '../../../shared/many.ts';
import { billsKey, type Entry, type RunBills } from './bills.ts';
import { type Part, type PartEvent, partType, type Stretch } from './part.ts';
import { type Run, type RunEvent, runType } from './run.ts';

export interface Runs {
  runs: Journal<Run, RunEvent>;
  parts: Journal<Part, PartEvent>;
}

export const runsIn = (tables: JournalTables): Runs => ({
  runs: journal(runType, tables),
  parts: journal(partType, tables),
});

/** The parts of a run's present round, in order. */
export const stretchesIn = async ({ runs }: Runs, site: string, run: string, since: number): Promise<Stretch[]> => {
  const [event] = await runs.history(site, run, 1, since - 1);
  return (event?.data as { stretches?: Stretch[] } | undefined)?.stretches ?? [];
};

const fromItem = ({ pk: _pk, sk: _sk, of: _of, ...bills }: Record<string, unknown>) => bills as unknown as RunBills;

/** The bills that a run has entered on accounts, by account. */
export const billsOn = async (
  { doc, own }: Pick<Journal<never, never>, 'doc' | 'own'>,
  site: string,
  run: string,
  entries: readonly Pick<Entry, 'party' | 'account'>[],
): Promise<Map<string, RunBills>> => {
  const keys = entries.map((entry) => billsKey(site, run, entry));
  const found = (await getAll({ doc, table: own }, keys)).map(fromItem);
  return new Map(found.map((bills) => [bills.account, bills]));
};

/** A page of a run's bills, a payer's accounts together. @param after the `next` of the page before */
export const billsPage = async (
  { runs: { doc, own } }: Runs,
  site: string,
  run: string,
  { limit, after = ' ' }: { limit: number; after?: string | undefined },
): Promise<Page<RunBills>> => {
  const { Items = [], LastEvaluatedKey } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': billsKey(site, run, { party: '', account: '' }).pk, ':after': after },
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return { items: Items.map(fromItem), ...(LastEvaluatedKey ? { next: LastEvaluatedKey.sk as string } : {}) };
};
