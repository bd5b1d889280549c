import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Clock, createClock } from '../../local/clock.ts';
import { openKept } from '../../local/kept.ts';
import type { Deployment, FunctionModel } from '../../local/model.ts';
import { deadLetters } from '../../local/record.ts';
import { createTriggers } from '../../local/triggers/index.ts';
import { tableVariable } from '../../shared/aws/wiring.ts';
import { type Answer, apiOf } from './api.ts';
import { type Command, nameOf, type Services, serve, type Weather } from './clients.ts';
import { type Entry, type Instance, instancesOf } from './instances.ts';
import { type Mail, postOf } from './mail.ts';
import type { Chance } from './random.ts';
import { declaredName, simulatedTables, TABLES } from './tables.ts';

/** The whole system in memory and in this process: its functions, and as much of AWS as they call. */
export interface SimulatedCloud {
  deployment: Deployment;
  clock: Clock;
  doc: DynamoDBDocumentClient;
  /** One call of the API, with all that it causes at once. */
  call(sub: string | undefined, method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
  mails: readonly Mail[];
  stopExecutions(): number;
  disturb(duplicate: number, reorder: number): void;
  /** Ids of the events that the bus took. */
  published: ReadonlySet<string>;
  /** What nobody could handle, and what got lost. */
  lost(): string[];
  weather: { now: Weather };
  stop(): void;
}

/** Nothing happens that wasn't asked for. */
export const calm: Weather = { around: (_, __, command, act) => act(command) };

const names = new Map(TABLES.map(({ name }) => [tableVariable(name), name]));

export const simulate = ({
  deployment,
  entryOf,
  start,
  chance,
}: {
  deployment: Deployment;
  entryOf(fn: FunctionModel): Entry;
  start: number;
  chance: Chance;
}): SimulatedCloud => {
  const clock = createClock({ start, speed: 0 });
  const weather = { now: calm };
  const lost: string[] = [];
  const published = new Set<string>();
  const own = chance.of('cloud');
  const tables = simulatedTables((table) => triggers.streams.wake(wakes.get(table) ?? []));
  const wakes = new Map(deployment.tables.map(({ logicalId, name }) => [declaredName({ logicalId }), [name]]));

  const functions = instancesOf(deployment.functions, {
    entryOf,
    awsOf: (instance: Instance) => {
      const { environment } = instance.fn;
      const optional = (name: string) => names.get(name) ?? environment[name];
      const send = (act: (command: Command) => Promise<unknown>) => ({
        send: (command: Command) => {
          if (instance.dead) return new Promise(() => undefined);
          return weather.now.around(instance, nameOf(command), command, act);
        },
      });
      const toTables = send((command) => (tables.doc as never as { send(c: unknown): Promise<unknown> }).send(command));
      const toServices = send(async (command) => serve(services, command));
      return {
        required(name) {
          const value = optional(name);
          if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
          return value;
        },
        optional,
        client: (Client) => ((Client as unknown) === DynamoDBDocumentClient ? toTables : toServices) as never,
        clock: clock.now,
        random: own.next,
        token: () => Array.from({ length: 22 }, () => own.below(36).toString(36)).join(''),
      };
    },
  });
  const triggers = createTriggers({
    deployment,
    clock,
    sourceOf: tables.sourceOf,
    functions,
    kept: openKept(undefined),
    onTransition: () => undefined,
    onFired: () => undefined,
    onDropped: (what) => void lost.push(what),
    onError(error) {
      throw error;
    },
  });
  const post = postOf(deployment, clock, own, (entry) => void triggers.bus.put([entry]));
  const services: Services = {
    bus: triggers.bus,
    machines: triggers.machines,
    sqs: triggers.sqs,
    mail: post.send,
    onPut: (detail) => void published.add((JSON.parse(detail) as { id: string }).id),
  };
  const api = apiOf(deployment, clock, functions.invoke, functions.byArn);
  void triggers.start();

  return {
    deployment,
    clock,
    doc: tables.doc,
    call: (...of) => api(...of),
    mails: post.mails,
    published,
    stopExecutions: () => triggers.machines.stopAll(),
    disturb: (duplicate, reorder) => triggers.disturbance.set({ duplicate, reorder, seed: own.below(2 ** 31) }),
    lost: () => [
      ...lost,
      ...deadLetters(deployment, triggers.queues).flatMap(({ queue, messages }) =>
        messages.map(({ body }) => `${queue}: ${JSON.stringify(body).slice(0, 300)}`),
      ),
    ],
    weather,
    stop() {
      triggers.stop();
      clock.stop();
    },
  };
};
