import { sizeOf } from '../../shared/memory-tables/items.ts';
import { BilledTime } from '../functions/billed-time.ts';
import type { Functions } from '../functions/functions.ts';
import { latency } from '../functions/latency.ts';
import { writeUnits } from '../gateway/capacity.ts';
import { type Meter, per64Kb } from '../gateway/meter.ts';
import { entryBytes } from '../gateway/serve.ts';
import { isWrite } from '../gateway/tables.ts';
import { countInvocation } from '../record.ts';
import { checkedUnits, readUnitsOf } from './request-units.ts';
import { actionOf, type Command, entriesOf } from './requests.ts';
import type { Call, Weather } from './weather.ts';

/**
 * Processor time of the SDK for a call, ms: it signs, writes and reads, none of which is done here. What an invocation takes in
 * the local cloud beyond its own code, by the calls it makes (docs/adr/0028).
 */
const SDK_MS = 1;

const REFUSED = new Set(['ConditionalCheckFailedException', 'TransactionCanceledException']);
type Fields = Record<string, unknown>;

/** What a write that its condition refused costs: as much as if it had happened; a key alone counts as up to 1 KB. */
const refusedUnits = ({ input }: Command): number => {
  const one = ({ Item }: Fields) => writeUnits(Item ? sizeOf(Item as Fields) : 0);
  const items = input.TransactItems as Record<string, Fields>[] | undefined;
  return items ? items.reduce((sum, item) => sum + 2 * one(Object.values(item)[0] ?? {}), 0) : one(input);
};

/**
 * Counts what is used, as the gateway of the local cloud does; one invocation at a time. What the processor does meanwhile is its
 * own, and that of the tables and queues it calls; cold starts aren't counted.
 */
export const metered = (meter: Meter, hooks: { wrote?: (units: number) => void }) => {
  let time: BilledTime | undefined;
  let calls = 0;
  let written = 0;
  hooks.wrote = (units) => {
    written += units;
  };

  const count = ({ service, instance: { fn } }: Call, command: Command, answer: unknown): void => {
    const action = actionOf(command);
    const { input } = command;
    switch (service) {
      case 'dynamodb': {
        const read = readUnitsOf(command, answer);
        if (read > 0) meter.count(fn.name, action, 'dynamodb.readUnits', read);
        const write = written + checkedUnits(command);
        if (write > 0) meter.count(fn.name, action, 'dynamodb.writeUnits', write);
        written = 0;
        return;
      }
      case 'events': {
        const units = entriesOf(command).reduce((sum, entry) => sum + per64Kb(entryBytes(entry)), 0);
        meter.count(fn.name, action, 'events.entries', units);
        return;
      }
      case 'sqs':
        meter.count(fn.name, action, 'sqs.requests', per64Kb(Buffer.byteLength(JSON.stringify(input))));
        return;
      case 's3':
        meter.count(fn.name, action, action === 'GetObject' ? 's3.gets' : 's3.puts');
        return;
      case 'ses': {
        const { ToAddresses } = (input.Destination ?? {}) as { ToAddresses?: string[] };
        const to = ToAddresses ?? (input.Destinations as string[] | undefined) ?? [];
        meter.count(fn.name, action, 'ses.messages', Math.max(1, to.length));
        return;
      }
    }
  };

  const counted = (call: Call): Call => ({
    ...call,
    async act(command) {
      calls += 1;
      const action = actionOf(command);
      const answered = time?.await(latency(call.service, action));
      try {
        const answer = await call.act(command);
        count(call, command, answer);
        return answer;
      } catch (error) {
        const refused = REFUSED.has((error as Error).name) && isWrite({ action });
        if (refused) meter.count(call.instance.fn.name, action, 'dynamodb.writeUnits', refusedUnits(command));
        throw error;
      } finally {
        answered?.();
      }
    },
  });

  let before: Promise<unknown> = Promise.resolve();
  return {
    weather:
      (weather: Weather): Weather =>
      (call) =>
        weather(counted(call)),
    functions: (functions: Functions): Functions => ({
      ...functions,
      invoke(fn, event) {
        const invoked = before.then(async () => {
          time = new BilledTime();
          calls = 0;
          const outcome = await functions.invoke(fn, event);
          countInvocation(meter, { fn, billedMs: time.ms + calls * SDK_MS, initMs: 0 });
          return outcome;
        });
        before = invoked.catch(() => undefined);
        return invoked;
      },
    }),
  };
};
