import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { TableModel } from '../model.ts';
import type { Engine } from './engine.ts';

const DAY = 86_400_000;

/** What has ended is deleted once a day of the clock, as DynamoDB does it: some time after, never before. */
export function expireDaily(
  engine: Pick<Engine, 'call'>,
  tables: readonly TableModel[],
  clock: Clock,
  onError: (error: Error) => void,
): void {
  const ending = tables.flatMap(({ ends, ...table }) => (ends === undefined ? [] : [{ ...table, ends }]));
  if (ending.length === 0) return;
  const arm = (after: number): void => {
    const next = (Math.floor(after / DAY) + 1) * DAY;
    clock.at(next, 'expiry of items', () => {
      arm(next);
      clock.work
        .run('expiry of items', async () => {
          for (const table of ending) await expire(engine, table, clock.now());
        })
        .catch(onError);
    });
  };
  arm(clock.now());
}

type Raw = Record<string, unknown>;
interface Page {
  Items: Raw[];
  LastEvaluatedKey?: Raw;
}

async function expire(
  engine: Pick<Engine, 'call'>,
  { name: TableName, key: { hash, range }, ends }: TableModel & { ends: string },
  now: number,
): Promise<void> {
  const ended = {
    ExpressionAttributeNames: { '#ends': ends },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
  };
  let from: Raw | undefined;
  do {
    const { Items, LastEvaluatedKey } = await engine.call<Page>('Scan', {
      TableName,
      FilterExpression: '#ends <= :now',
      ...ended,
      ...(from ? { ExclusiveStartKey: from } : {}),
    });
    for (const item of Items) {
      const Key = Object.fromEntries([hash, range].flatMap((one) => (one === undefined ? [] : [[one, item[one]]])));
      try {
        // It may have been given another end meanwhile.
        await engine.call('DeleteItem', { TableName, Key, ConditionExpression: '#ends <= :now', ...ended });
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'ConditionalCheckFailedException')) throw error;
      }
    }
    from = LastEvaluatedKey;
  } while (from);
}
