import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, inParallel, queryAll } from '../../../shared/aws/many.ts';
import { type Journal, type JournalTables, journal, type Page } from '../../../shared/journal/journal.ts';
import type { Month } from '../../../shared/time/month.ts';
import {
  type AccountEntry,
  BILL_PARTITIONS,
  billPartition,
  billPartitionKey,
  billsKey,
  type RunBills,
} from './bills.ts';
import { type PartEvent, type PartStretch, partType, type RunPart } from './part.ts';
import { type Run, type RunEvent, runType } from './run.ts';

export interface Runs {
  runs: Journal<Run, RunEvent>;
  parts: Journal<RunPart, PartEvent>;
}

export const runsIn = (tables: JournalTables): Runs => ({
  runs: journal(runType, tables),
  parts: journal(partType, tables),
});

/** Runs of a site at once, more than ever are. */
const OPEN_RUNS = 50;

/** The latest period of a site that is being billed this moment. */
export const beingBilledIn =
  ({ runs }: Pick<Runs, 'runs'>) =>
  async (site: string): Promise<Month | undefined> => {
    const { items } = await runs.list(site, false, OPEN_RUNS);
    const periods = items.flatMap(({ state }) => (state?.status === 'charging' ? [state.period as Month] : []));
    return periods.sort().at(-1);
  };

/** The parts of a run's present round, in order. */
export const stretchesIn = async ({ runs }: Runs, site: string, run: string, since: number): Promise<PartStretch[]> => {
  const [event] = await runs.history(site, run, 1, since - 1);
  return (event?.data as { stretches?: PartStretch[] } | undefined)?.stretches ?? [];
};

const fromItem = ({ pk: _pk, sk: _sk, of: _of, ...bills }: Record<string, unknown>) => bills as unknown as RunBills;

/** The bills that a run has entered on accounts, by account. */
export const billsOn = async (
  { doc, own }: Pick<Journal<never, never>, 'doc' | 'own'>,
  site: string,
  run: string,
  entries: readonly Pick<AccountEntry, 'party' | 'account'>[],
): Promise<Map<string, RunBills>> => {
  const keys = entries.map((entry) => billsKey(site, run, entry));
  const found = (await getAll({ doc, table: own }, keys)).map(fromItem);
  return new Map(found.map((bills) => [bills.account, bills]));
};

/** All bills that a run has entered on accounts of some parties. */
export const billsOfParties = async (
  { runs: { doc, own } }: Runs,
  site: string,
  run: string,
  parties: readonly string[],
): Promise<RunBills[]> => {
  const found = await inParallel(parties, WIDTH, (party) =>
    queryAll(
      { doc, table: own },
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :party)',
        ExpressionAttributeValues: {
          ':pk': billPartitionKey(site, run, billPartition(party)),
          ':party': billsKey(site, run, { party, account: '' }).sk,
        },
        ConsistentRead: true,
      },
    ),
  );
  return found.flat().map(fromItem);
};
/** Parties looked up side by side. */
const WIDTH = 8;

/**
 * A page of a run's bills, a payer's accounts together: partition after partition, each by payer. Where it ends says in
 * which partition, for the payer does.
 * @param after the `next` of the page before; what a caller makes up is some place in the list
 */
export const billsPage = async (
  { runs: { doc, own } }: Runs,
  site: string,
  run: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Page<RunBills>> => {
  const items: RunBills[] = [];
  let from = after;
  const [party = ''] = (after ?? '').split('#');
  for (let partition = after === undefined ? 0 : billPartition(party); partition < BILL_PARTITIONS; partition++) {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': billPartitionKey(site, run, partition), ':after': from ?? ' ' },
        Limit: limit - items.length,
        ConsistentRead: true,
      }),
    );
    items.push(...Items.map(fromItem));
    from = undefined;
    const more = LastEvaluatedKey !== undefined || (items.length === limit && partition + 1 < BILL_PARTITIONS);
    if (more) return { items, next: (LastEvaluatedKey ?? Items.at(-1))?.sk as string };
  }
  return { items };
};
