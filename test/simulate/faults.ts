import { ProvisionedThroughputExceededException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Chance } from '../../local/in-memory/random.ts';
import { actionOf } from '../../local/in-memory/requests.ts';
import { hasParts, inPart, never, type Weather } from '../../local/in-memory/weather.ts';

/** What can go wrong with a call, and how often it did. */
export const FAULTS = ['kill-before', 'kill-after', 'throttle', 'timeout-after', 'partial', 'conflict'] as const;
export type Fault = (typeof FAULTS)[number];
export type Counted = Record<string, number>;

const WRITES = new Set(['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem']);

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

  return ({ instance, command, act }) => {
    const fn = instance.fn.arn;
    if (!chance.oneIn(oneIn) || (spared.get(fn) ?? 0) > now()) return act(command);
    spared.set(fn, now() + MERCY);
    const name = actionOf(command);
    const write = WRITES.has(name);
    const kinds: Fault[] = [
      'kill-before',
      'kill-after',
      ...(write ? (['throttle', 'timeout-after'] as const) : []),
      ...(name === 'TransactWriteItems' ? (['conflict'] as const) : []),
      ...(hasParts(command) ? (['partial', 'partial'] as const) : []),
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
          name === 'TransactWriteItems'
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
          return name === 'TransactWriteItems' ? answer : act(command);
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
      default: {
        count(kind);
        const where = chance.next();
        return inPart(command, act, (place, of) => place !== Math.floor(where * of));
      }
    }
  };
};
