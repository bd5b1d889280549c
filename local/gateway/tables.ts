/**
 * DynamoDB and its streams: forwarded to the engine, with the capacity read off every answer. The engine reports as AWS
 * does, but for a GetItem with a ProjectionExpression, which it measures after the projection (AWS: before).
 */
import type { Engine } from '../engine/index.ts';
import type { Deployment } from '../model.ts';
import { type Answer, JSON_TYPE } from './answer.ts';
import { type Consumed, consumed, refusedWriteUnits } from './capacity.ts';
import type { Meter } from './meter.ts';
import type { AwsRequest } from './request.ts';

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
export const isWrite = ({ action }: Pick<AwsRequest, 'action'>): boolean => WRITES.has(action);
const REFUSED = /#(ConditionalCheckFailedException|TransactionCanceledException)"/;

/** Sees every request that had its effect, and what it used of each table. */
export type OnUse = (request: AwsRequest, capacity: readonly Consumed[]) => void;

export interface TableForwarder {
  forward(request: AwsRequest): Promise<Answer>;
}

export function createTableForwarder(
  deployment: Deployment,
  engine: Engine,
  meter: Meter,
  onTableWrite: (tableNames: string[]) => void,
  onUse?: OnUse,
): TableForwarder {
  const ask = onUse ? asking('INDEXES') : asking('TOTAL');
  return {
    async forward(request) {
      if (request.service === 'dynamodbstreams' || request.action === 'DescribeTable') return described(request);
      const writes = isWrite(request);
      const asked = request.body.ReturnConsumedCapacity;
      const body = asked === undefined ? ask(request.raw) : request.raw;
      const answer = await engine.send(request.target, body);
      const text = answer.body.toString();
      if (answer.status !== 200) {
        if (writes && REFUSED.test(text)) {
          meter.count(request.principal, request.action, 'dynamodb.writeUnits', refusedWriteUnits(request.body));
        }
        return { status: answer.status, contentType: JSON_TYPE, body: text };
      }
      const parsed = JSON.parse(text);
      const { read, write } = consumed(parsed.ConsumedCapacity, writes);
      if (read) meter.count(request.principal, request.action, 'dynamodb.readUnits', read);
      if (write) meter.count(request.principal, request.action, 'dynamodb.writeUnits', write);
      if (writes) onTableWrite(writtenTables(request));
      onUse?.(request, [parsed.ConsumedCapacity ?? []].flat());
      if (asked !== undefined) return { status: 200, contentType: JSON_TYPE, body: text };
      delete parsed.ConsumedCapacity;
      return { status: 200, contentType: JSON_TYPE, body: JSON.stringify(parsed) };
    },
  };

  /** The engine names its own region and makes its own stream labels; callers see the template's ARNs. */
  async function described(request: AwsRequest): Promise<Answer> {
    let body = request.raw.toString();
    for (const { name, stream } of deployment.tables) {
      const own = engine.streamArns.get(name);
      if (stream && own) body = body.replaceAll(stream.arn, own);
    }
    const answer = await engine.send(request.target, body);
    let text = answer.body.toString();
    for (const { name, stream } of deployment.tables) {
      const own = engine.streamArns.get(name);
      if (stream && own) text = text.replaceAll(own, stream.arn);
    }
    const prefix = `arn:aws:dynamodb:${deployment.region}:${deployment.account}:table/`;
    text = text.replace(/arn:aws:dynamodb:[^:"]+:\d+:table\//g, prefix);
    return { status: answer.status, contentType: JSON_TYPE, body: text };
  }
}

/** Spliced in, which is cheaper than writing a body anew; a data request is never an empty object. */
const asking = (what: 'TOTAL' | 'INDEXES') => {
  const splice = Buffer.from(`{"ReturnConsumedCapacity":"${what}",`);
  return (raw: Buffer) => Buffer.concat([splice, raw.subarray(raw.indexOf('{') + 1)]);
};

/** Tables that a write writes to. */
export function writtenTables({ body }: AwsRequest): string[] {
  if (body.TableName) return [String(body.TableName)];
  if (body.RequestItems) return Object.keys(body.RequestItems);
  const items = (body.TransactItems ?? []) as Record<string, { TableName: string }>[];
  const written = items.filter((item) => !item.ConditionCheck).map((item) => Object.values(item)[0]?.TableName ?? '');
  return [...new Set(written)];
}
