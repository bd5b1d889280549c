/** Which permissions a call needs: action, resource and condition keys, as AWS's service authorization reference has it. */
import { AwsError } from '../aws-error.ts';
import type { Deployment, TableModel } from '../model.ts';
import { leadingKeys } from './leading-keys.ts';
import { type AwsRequest, unknownAction } from './request.ts';

export interface Need {
  action: string;
  resource: string;
  /** Condition keys with their values; an array is a multi-valued key. */
  context: Record<string, string | string[]>;
}

type Body = Record<string, unknown>;

/** @throws AwsError for an action that isn't served, or a table, bus or queue that isn't deployed */
export function needsOf(deployment: Deployment, request: AwsRequest): Need[] {
  switch (request.service) {
    case 'dynamodb':
      return tableNeeds(deployment, request.action, request.body);
    case 'dynamodbstreams':
      return [streamNeed(deployment, request)];
    case 'events':
      return eventNeeds(deployment, request);
    case 'states':
      return [machineNeed(request)];
    case 'sqs':
      return [queueNeed(deployment, request)];
    case 'ses':
      return mailNeeds(deployment, request);
    case 's3':
      return [objectNeed(deployment, request)];
  }
}

const ONE_TABLE = new Set(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable']);
const PART_ACTIONS: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

function tableNeeds(deployment: Deployment, action: string, body: Body): Need[] {
  const need = (name: string, table: TableModel, operation: Body): Need => {
    const index = operation.IndexName === undefined ? '' : `/index/${String(operation.IndexName)}`;
    const keys = leadingKeys(table, operation);
    const context: Need['context'] = keys.length ? { 'dynamodb:LeadingKeys': keys } : {};
    return { action: `dynamodb:${name}`, resource: table.arn + index, context };
  };
  if (ONE_TABLE.has(action)) return [need(action, tableOf(deployment, body.TableName), body)];
  if (action === 'TransactWriteItems' || action === 'TransactGetItems') {
    return (body.TransactItems as Record<string, Body>[]).map((item) => {
      const [kind, part] = Object.entries(item)[0] as [string, Body];
      return need(PART_ACTIONS[kind] as string, tableOf(deployment, part.TableName), part);
    });
  }
  if (action === 'BatchGetItem' || action === 'BatchWriteItem') {
    return Object.entries(body.RequestItems as Record<string, unknown>).map(([name, requests]) => {
      const table = tableOf(deployment, name);
      const parts =
        action === 'BatchGetItem'
          ? (requests as { Keys: Body[] }).Keys.map((Key) => ({ Key }))
          : (requests as Record<string, Body>[]).map((one) => Object.values(one)[0] as Body);
      const keys = [...new Set(parts.flatMap((part) => leadingKeys(table, part)))];
      return { action: `dynamodb:${action}`, resource: table.arn, context: { 'dynamodb:LeadingKeys': keys } };
    });
  }
  throw unknownAction(`dynamodb:${action}`);
}

export function tableOf(deployment: Deployment, name: unknown): TableModel {
  const table = deployment.tables.find((one) => one.name === name || one.arn === name);
  if (!table) throw new AwsError('ResourceNotFoundException', `Requested resource not found: table ${String(name)}`);
  return table;
}

function streamNeed(deployment: Deployment, { action, body }: AwsRequest): Need {
  const one = (stream: string | undefined): Need => ({
    action: `dynamodb:${action}`,
    resource: stream ?? '*',
    context: {},
  });
  if (action === 'DescribeStream' || action === 'GetShardIterator') return one(String(body.StreamArn));
  if (action === 'ListStreams') {
    return one(body.TableName === undefined ? undefined : tableOf(deployment, body.TableName).stream?.arn);
  }
  if (action !== 'GetRecords') throw unknownAction(`dynamodb:${action}`);
  // The engine's iterators say which table they are of.
  const iterator = JSON.parse(Buffer.from(String(body.ShardIterator), 'base64').toString()) as { table_name: string };
  return one(tableOf(deployment, iterator.table_name).stream?.arn);
}

function eventNeeds(deployment: Deployment, { action, body }: AwsRequest): Need[] {
  if (action !== 'PutEvents') throw unknownAction(`events:${action}`);
  return (body.Entries as { EventBusName?: string; Source?: string; DetailType?: string }[]).map((entry) => {
    const name = busName(entry.EventBusName);
    const bus = deployment.buses.find((one) => one.name === name);
    if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    const context = { 'events:source': [entry.Source ?? ''], 'events:detail-type': entry.DetailType ?? '' };
    return { action: 'events:PutEvents', resource: bus.arn, context };
  });
}

/** Callers may name a bus by its ARN, or not at all. */
export const busName = (given: string | undefined): string => given?.split('/').at(-1) ?? 'default';

function machineNeed({ action, body }: AwsRequest): Need {
  const byMachine = action === 'StartExecution' || action === 'ListExecutions';
  if (!byMachine && action !== 'DescribeExecution' && action !== 'StopExecution')
    throw unknownAction(`states:${action}`);
  const resource = String(byMachine ? body.stateMachineArn : body.executionArn);
  return { action: `states:${action}`, resource, context: {} };
}

/** SDK action → IAM action; batches need what their single action needs. */
const QUEUE_ACTIONS: Record<string, string> = {
  SendMessage: 'SendMessage',
  SendMessageBatch: 'SendMessage',
  ReceiveMessage: 'ReceiveMessage',
  DeleteMessage: 'DeleteMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibility: 'ChangeMessageVisibility',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  GetQueueAttributes: 'GetQueueAttributes',
  GetQueueUrl: 'GetQueueUrl',
  PurgeQueue: 'PurgeQueue',
};

function queueNeed(deployment: Deployment, { action, body }: AwsRequest): Need {
  const needed = QUEUE_ACTIONS[action];
  if (!needed) throw unknownAction(`sqs:${action}`);
  const name = action === 'GetQueueUrl' ? body.QueueName : String(body.QueueUrl).split('/').at(-1);
  const queue = deployment.queues.find((one) => one.name === name);
  if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  return { action: `sqs:${needed}`, resource: queue.arn, context: {} };
}

function mailNeeds(deployment: Deployment, { action, body }: AwsRequest): Need[] {
  if (action !== 'SendEmail' && action !== 'SendRawEmail') throw unknownAction(`ses:${action}`);
  const from = senderOf(body as Record<string, string>);
  const identity = deployment.senders.includes(from) ? from : (from.split('@').at(-1) as string);
  const prefix = `arn:aws:ses:${deployment.region}:${deployment.account}`;
  const context = { 'ses:FromAddress': from };
  const needs = [{ action: `ses:${action}`, resource: `${prefix}:identity/${identity}`, context }];
  const set = body.ConfigurationSetName;
  if (set) needs.push({ action: `ses:${action}`, resource: `${prefix}:configuration-set/${String(set)}`, context });
  return needs;
}

function objectNeed(deployment: Deployment, { action, body }: AwsRequest): Need {
  const bucket = deployment.buckets.find((one) => one.name === body.Bucket);
  if (!bucket) throw new AwsError('NoSuchBucket', `The specified bucket does not exist: ${String(body.Bucket)}`, 404);
  if (action === 'ListObjectsV2') {
    return { action: 's3:ListBucket', resource: bucket.arn, context: { 's3:prefix': String(body.Prefix ?? '') } };
  }
  return { action: `s3:${action}`, resource: `${bucket.arn}/${String(body.Key)}`, context: {} };
}

/** The bare address a mail is sent from; a raw mail says it in its From header unless Source is given. */
export function senderOf(form: Record<string, string>): string {
  const raw = Buffer.from(form['RawMessage.Data'] ?? '', 'base64').toString();
  const header = /^from:((?:.*\r?\n[ \t])*.*)$/im.exec(raw.split(/\r?\n\r?\n/)[0] ?? '')?.[1];
  const from = (form.Source ?? header ?? '').trim();
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}
