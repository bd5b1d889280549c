import { ProvisionedThroughputExceededException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Command, Weather } from './clients.ts';
import type { Instance } from './instances.ts';
import type { Chance } from './random.ts';

/** What can go wrong with a call, and how often it did. */
export const FAULTS = ['kill-before', 'kill-after', 'throttle', 'timeout-after', 'partial', 'conflict'] as const;
export type Fault = (typeof FAULTS)[number];
export type Counted = Record<string, number>;

const never = () => new Promise<never>(() => undefined);
const WRITES = new Set(['TransactWrite', 'Put', 'Update', 'Delete']);
const BATCHES = new Set(['PutEvents', 'SendMessageBatch', 'BatchGet', 'BatchWrite']);

/** So long (ms, clock) a function is left alone after a fault: Lambda tries an event three times in five minutes, and no more. */
const MERCY = 15 * 60_000;

/**
 * Weather in which calls fail: one in so many, and never the same function twice within a quarter of an hour, so that whatever
 * AWS would try again gets through at last.
 */
export const storm = (chance: Chance, oneIn: number, now: () => number, counted: Counted): Weather => {
  const spared = new Map<string, number>();
  const count = (fault: Fault) => {
    counted[fault] = (counted[fault] ?? 0) + 1;
  };

  const partly = async (
    name: string,
    command: Command,
    act: (command: Command) => Promise<unknown>,
  ): Promise<unknown> => {
    const input = command.input as Record<string, unknown>;
    const entries = input.Entries as { Id?: string }[] | undefined;
    if (!entries || entries.length < 2) return act(command);
    count('partial');
    const failed = chance.below(entries.length);
    const some = {
      ...command,
      input: { ...input, Entries: entries.filter((_, i) => i !== failed) },
      constructor: command.constructor,
    };
    const answer = (await act(some as never)) as { Entries?: object[]; Successful?: object[]; Failed?: object[] };
    if (name === 'PutEvents') {
      const taken = [...(answer.Entries ?? [])];
      taken.splice(failed, 0, { ErrorCode: 'InternalFailure', ErrorMessage: 'simulated' });
      return { FailedEntryCount: 1, Entries: taken };
    }
    return {
      ...answer,
      Failed: [...(answer.Failed ?? []), { Id: entries[failed]?.Id, Code: 'InternalError', SenderFault: false }],
    };
  };

  return {
    around(instance: Instance, name: string, command: Command, act) {
      const fn = instance.fn.arn;
      if (!chance.oneIn(oneIn) || (spared.get(fn) ?? 0) > now()) return act(command);
      spared.set(fn, now() + MERCY);
      const write = WRITES.has(name);
      const kinds: Fault[] = [
        'kill-before',
        'kill-after',
        ...(write ? (['throttle', 'timeout-after'] as const) : []),
        ...(name === 'TransactWrite' ? (['conflict'] as const) : []),
        ...(BATCHES.has(name) ? (['partial', 'partial'] as const) : []),
      ];
      const kind = chance.pick(kinds);
      switch (kind) {
        case 'kill-before':
          count(kind);
          instance.die();
          return never();
        case 'kill-after':
          count(kind);
          return act(command).then(
            () => {
              instance.die();
              return never();
            },
            () => {
              instance.die();
              return never();
            },
          );
        case 'throttle':
          count(kind);
          return Promise.reject(
            name === 'TransactWrite'
              ? new TransactionCanceledException({
                  message: 'simulated',
                  CancellationReasons: [{ Code: 'ThrottlingError' }],
                  $metadata: {},
                })
              : new ProvisionedThroughputExceededException({ message: 'simulated', $metadata: {} }),
          );
        case 'timeout-after':
          count(kind);
          // The SDK tries again: a transaction under the same token, anything else anew. Or it gives up.
          return act(command).then((answer) => {
            if (chance.oneIn(2)) throw Object.assign(new Error('simulated: no answer'), { name: 'TimeoutError' });
            return name === 'TransactWrite' ? answer : act(command);
          });
        case 'conflict':
          count(kind);
          return Promise.reject(
            new TransactionCanceledException({
              message: 'simulated',
              CancellationReasons: [{ Code: 'TransactionConflict' }],
              $metadata: {},
            }),
          );
        default:
          return partly(name, command, act);
      }
    },
  };
};
