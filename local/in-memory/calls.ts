import { AwsError } from '../aws-error.ts';
import type { Message } from '../front/message.ts';
import type { Post } from '../front/post.ts';
import type { Service } from '../gateway/request.ts';
import { checkEntries } from '../gateway/serve.ts';
import type { Objects } from '../objects.ts';
import type { Bus } from '../triggers/bus.ts';
import type { Machines } from '../triggers/machines.ts';
import { thrown } from './errors.ts';
import { messageOf, type ReadRaw } from './messages.ts';
import { actionOf, type Command, entriesOf } from './requests.ts';

/** Where the calls of every client but that of the tables go. */
export interface Services {
  bus: Bus;
  machines: Machines;
  sqs(action: string, body: Record<string, unknown>): unknown;
  post: Post;
  readRaw: ReadRaw | undefined;
  objects: Pick<Objects, 'put'>;
  /** Is told of each event that the bus takes. */
  onPut: ((detail: string) => void) | undefined;
}

/** What every client but that of the tables does with a command. */
export const serve = async (
  { bus, machines, sqs, post, readRaw, objects, onPut }: Services,
  service: Service,
  command: Command,
): Promise<unknown> => {
  const action = actionOf(command);
  const { input } = command;
  try {
    switch (`${service} ${action}`) {
      case 'events PutEvents': {
        const entries = entriesOf(command);
        checkEntries(entries);
        const Entries = bus.put(entries);
        if (onPut) for (const { detail } of entries) onPut(detail);
        return { Entries };
      }
      case 'states StartExecution': {
        const { stateMachineArn, name, input: text } = input as Record<string, string>;
        return { executionArn: machines.start(stateMachineArn!, name!, text!).arn };
      }
      case 'ses SendEmail':
      case 'ses SendRawEmail': {
        const message: Message = await messageOf(action, input, readRaw);
        return { MessageId: post.take(message, action).id };
      }
      case 's3 PutObject':
        objects.put(String(input.Bucket), String(input.Key), input.Body as Uint8Array);
        return {};
      default:
        if (service !== 'sqs')
          throw new AwsError('UnknownOperationException', `${service}:${action} is not served in memory`);
        return sqs(action, input);
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw thrown(service, error);
  }
};
