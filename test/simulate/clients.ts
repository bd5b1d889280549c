import { AwsError } from '../../local/aws-error.ts';
import type { Bus } from '../../local/triggers/bus.ts';
import type { Machines } from '../../local/triggers/machines.ts';
import type { Instance } from './instances.ts';

/** A command of the SDK, as a client is given it. */
export interface Command {
  input: Record<string, never>;
  constructor: { name: string };
}
export const nameOf = (command: Command): string => command.constructor.name.replace(/Command$/, '');

/** What an instance's calls meet: asked before and after each, and may throw, kill, or change what comes of it. */
export interface Weather {
  around(
    instance: Instance,
    name: string,
    command: Command,
    act: (command: Command) => Promise<unknown>,
  ): Promise<unknown>;
}

export interface Services {
  bus: Bus;
  machines: Machines;
  sqs(action: string, body: Record<string, unknown>): unknown;
  /** An event that the bus takes. */
  onPut(detail: string): void;
  mail(name: string, input: Record<string, unknown>): { MessageId: string };
}

interface PutEventsEntry {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: string;
  Time?: Date;
}

/** What every client but that of the tables does with a command. */
export const serve = ({ bus, machines, sqs, mail, onPut }: Services, command: Command): unknown => {
  const name = nameOf(command);
  const input = command.input as Record<string, unknown>;
  try {
    switch (name) {
      case 'PutEvents':
        for (const { Detail } of input.Entries as PutEventsEntry[]) onPut(Detail);
        return {
          Entries: bus.put(
            (input.Entries as PutEventsEntry[]).map(({ EventBusName, Source, DetailType, Detail, Time }) => ({
              bus: EventBusName,
              source: Source,
              detailType: DetailType,
              detail: Detail,
              resources: [],
              ...(Time ? { time: Time.getTime() / 1000 } : {}),
            })),
          ),
        };
      case 'StartExecution': {
        const { stateMachineArn, name: execution, input: text } = input as Record<string, string>;
        return { executionArn: machines.start(stateMachineArn!, execution!, text!).arn };
      }
      case 'SendEmail':
      case 'SendRawEmail':
        return mail(name, input);
      case 'PutObject':
        return {};
      default:
        return sqs(name, input);
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw Object.assign(new Error(error.message), { name: error.code });
  }
};
