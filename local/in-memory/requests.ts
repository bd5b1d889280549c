import type { AwsRequest, Service } from '../gateway/request.ts';
import type { EventEntry } from '../gateway/services.ts';

/** A command of the SDK, as a client is given it. */
export interface Command {
  input: Record<string, unknown>;
  constructor: { name: string };
}

/** `TransactWriteItems` and the like, as AWS names what is asked; made once of each class of commands. */
export const actionOf = ({ constructor: made }: Command): string => {
  const known = actions.get(made);
  if (known !== undefined) return known;
  const name = made.name.replace(/Command$/, '');
  const action = ACTIONS[name] ?? name;
  actions.set(made, action);
  return action;
};
const actions = new Map<Command['constructor'], string>();

/** What the document client calls otherwise. */
const ACTIONS: Record<string, string> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  TransactWrite: 'TransactWriteItems',
};

type Fields = Record<string, unknown>;
const typed = (values: unknown): Fields | undefined =>
  values === undefined
    ? undefined
    : Object.fromEntries(Object.entries(values as Fields).map(([name, value]) => [name, { S: value }]));
const keyed = ({ Key, Item, ExpressionAttributeValues, ...rest }: Fields): Fields => ({
  ...rest,
  Key: typed(Key),
  Item: typed(Item),
  ExpressionAttributeValues: typed(ExpressionAttributeValues),
});
const each = (values: unknown, by: (value: Fields) => Fields): Fields =>
  Object.fromEntries(
    Object.entries((values ?? {}) as Record<string, Fields>).map(([name, value]) => [name, by(value)]),
  );

/** The body of a call of the tables as far as a policy is judged by it: its keys are typed as the wire has them. */
const tableBody = (action: string, input: Fields): Fields => {
  switch (action) {
    case 'TransactWriteItems':
      return { TransactItems: (input.TransactItems as Fields[]).map((item) => each(item, keyed)) };
    case 'BatchGetItem':
      return {
        RequestItems: each(input.RequestItems, ({ Keys }) => ({ Keys: (Keys as Fields[]).map((key) => typed(key)) })),
      };
    case 'BatchWriteItem':
      return {
        RequestItems: each(
          input.RequestItems,
          (writes) => (writes as never as Fields[]).map((one) => each(one, keyed)) as never,
        ),
      };
    default:
      return keyed(input);
  }
};

interface PutEventsEntry {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: string;
  Time?: Date;
}

/** The events that an input of PutEvents holds. */
export const entriesOf = ({ input }: Command): EventEntry[] =>
  (input.Entries as PutEventsEntry[]).map(({ EventBusName, Source, DetailType, Detail, Time }) => ({
    bus: EventBusName,
    source: Source,
    detailType: DetailType,
    detail: Detail,
    resources: [],
    ...(Time ? { time: Time.getTime() / 1000 } : {}),
  }));

const RAW = Buffer.alloc(0);

/** What the gateway of the local cloud would have read of a call. */
export const requestOf = (principal: string, service: Service, command: Command): AwsRequest => {
  const action = actionOf(command);
  const { input } = command;
  const body =
    service === 'dynamodb'
      ? tableBody(action, input)
      : service === 'ses'
        ? { Source: input.Source, ConfigurationSetName: input.ConfigurationSetName }
        : input;
  return { principal, service, action, target: '', body, raw: RAW };
};
