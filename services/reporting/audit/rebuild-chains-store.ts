import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../../shared/aws/many.ts';
import type { JournalTable, Slice, StartKey } from '../figures/contract-store.ts';

/** What a chain compares: a slice of a table, or what is of one site. */
export type RebuildTask =
  | { pass: 'journals'; table: JournalTable; slice: Slice }
  | { pass: 'rows'; slice: Slice }
  | { pass: 'money' | 'night'; site: string };

/** One of a rebuild's parts that go on side by side: nothing of one waits for another. */
export interface RebuildChain extends Done {
  /** What it is called: nothing else of its rebuild is. */
  chain: string;
  task: RebuildTask;
  /** `failed` when its last try has, until it goes on after all. */
  status: 'running' | 'done' | 'failed';
  /** Steps done; a message about another step is a stray one. */
  step: number;
  after?: StartKey | undefined;
}

export interface Done {
  events: number;
  rows: number;
  days: number;
}

export const pkOf = (id: string) => `rebuild#${id}`;
const chainSk = (chain: string) => `c#${chain}`;

/** The chains of rebuilds: where each stands, and how it ended. */
export const chainsIn = ({ doc, own }: { doc: DynamoDBDocumentClient; own: string }) => {
  /** A chain's first item; one that is there stays as it is. */
  const plant = async (id: string, chain: RebuildChain): Promise<void> => {
    try {
      const Item = { pk: pkOf(id), sk: chainSk(chain.chain), ...chain };
      await doc.send(new PutCommand({ TableName: own, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  const chain = async (id: string, name: string): Promise<RebuildChain | undefined> => {
    const Key = { pk: pkOf(id), sk: chainSk(name) };
    return (await doc.send(new GetCommand({ TableName: own, Key, ConsistentRead: true }))).Item as
      | RebuildChain
      | undefined;
  };

  const chains = async (id: string): Promise<RebuildChain[]> =>
    (await queryAll(
      { doc, table: own },
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :c)',
        ExpressionAttributeValues: { ':pk': pkOf(id), ':c': 'c#' },
        ConsistentRead: true,
      },
    )) as unknown as RebuildChain[];

  /** A chain as it is now, if it still stands where it was read. @returns false when somebody else took the step */
  const move = async (id: string, before: RebuildChain, now: RebuildChain): Promise<boolean> => {
    try {
      await doc.send(
        new PutCommand({
          TableName: own,
          Item: { pk: pkOf(id), sk: chainSk(now.chain), ...now },
          ConditionExpression: '#step = :step',
          ExpressionAttributeNames: { '#step': 'step' },
          ExpressionAttributeValues: { ':step': before.step },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  /** One step further, and what it looked at; done without a place where it goes on. */
  const advance = (id: string, before: RebuildChain, after: StartKey | undefined, { events, rows, days }: Done) =>
    move(id, before, {
      ...before,
      step: before.step + 1,
      status: after ? 'running' : 'done',
      after,
      events: before.events + events,
      rows: before.rows + rows,
      days: before.days + days,
    });

  /** It goes on no more, unless its message is redriven. */
  const fail = (id: string, before: RebuildChain) => move(id, before, { ...before, status: 'failed' });

  return { plant, chain, chains, advance, fail };
};

/** How far all chains together are; the parts that could not be compared are those of the chains that failed. */
export const progressOf = ({ spread }: { spread?: true | undefined }, chains: readonly RebuildChain[]) => {
  const sum = (name: keyof Done) => chains.reduce((all, one) => all + one[name], 0);
  const notCompared = chains.flatMap(({ chain, status }) => (status === 'failed' ? [chain] : []));
  const runs = !spread || chains.some(({ status }) => status === 'running');
  const status = runs ? ('running' as const) : notCompared.length > 0 ? ('incomplete' as const) : ('done' as const);
  return { status, notCompared, events: sum('events'), rows: sum('rows'), days: sum('days') };
};
