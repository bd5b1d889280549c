import { type Clock, createClock } from '../clock.ts';
import { createApi, serveApi } from '../front/api.ts';
import { Unauthorized } from '../front/authorizer.ts';
import { createPost } from '../front/post.ts';
import { createAuthorize } from '../gateway/authorize.ts';
import { createFaults } from '../gateway/faults.ts';
import { createMeter, type Meter } from '../gateway/meter.ts';
import type { Service } from '../gateway/request.ts';
import { type Kept, openKept } from '../kept.ts';
import type { Deployment, FunctionModel } from '../model.ts';
import type { Objects } from '../objects.ts';
import { createLogs, deadLetters } from '../record.ts';
import { createTriggers } from '../triggers/index.ts';
import { type AnyCloud, waitingIn } from './any-cloud.ts';
import { type Services, serve } from './calls.ts';
import { type Entry, type Instance, instancesOf, KILLED } from './instances.ts';
import type { ReadRaw } from './messages.ts';
import { metered } from './metering.ts';
import type { Chance } from './random.ts';
import type { Command } from './requests.ts';
import { tablesInMemory } from './tables.ts';
import { gatewayWeather, type Weather } from './weather.ts';

/** The whole system in memory and in this process: its functions, and as much of AWS as they call. */
export interface MemoryCloud extends AnyCloud {
  clock: Clock;
  /** What somebody does with queues by hand. */
  sqs(action: string, input: Record<string, unknown>): unknown;
  /** Has a function called with an event by hand, once it comes to that. */
  enqueue(functionArn: string, event: unknown): void;
  /** From now on others reach its API, too, on a port. */
  serve(port: number): Promise<void>;
  /** What indexes may not show yet; kept from when it is first asked for. */
  indexes(): MemoryData['tables']['indexes'];
  weather: {
    now: Weather;
    /** Whether an event of anything but the API is handed to two instances at once, as AWS may. */
    twice?: (fn: FunctionModel) => boolean;
    /** Whether whoever isn't asked by the API dies before or after all that it does of an event. */
    dies?: (fn: FunctionModel) => 'before' | 'after' | undefined;
    /** By how much an instance's clock is ahead of the others' (ms). */
    ahead?: (instance: Instance) => number;
  };
  /** What was used, where it is priced. */
  meter: Meter;
}

const SERVICES: Record<string, Service> = {
  DynamoDBDocumentClient: 'dynamodb',
  EventBridgeClient: 'events',
  SFNClient: 'states',
  SQSClient: 'sqs',
  SESClient: 'ses',
  S3Client: 's3',
};

export interface MemoryCloudOptions {
  deployment: Deployment;
  entryOf(fn: FunctionModel): Entry;
  apiUrl?: string;
  /** Where the clock stands at first, ms. */
  start: number;
  chance: Chance;
  /** What a cloud before it left; nothing by default. */
  data?: MemoryData;
  /** Counts what is used, one invocation at a time. */
  priced?: boolean;
  /** Keeps what functions print. */
  logged?: boolean;
  /** Reads mails in MIME; whole by default. */
  readRaw?: ReadRaw;
  /** Is told of each event that the bus takes. */
  onPut?: (detail: string) => void;
}

/** What outlives a cloud, for the next. */
export interface MemoryData {
  tables: ReturnType<typeof tablesInMemory>;
  /** What services must not lose. */
  kept: Kept;
  objects: Pick<Objects, 'put' | 'folderOf'>;
  clockFile?: string;
  /** Clouds so far. */
  boots: number;
}

export const memoryData = (deployment: Deployment): MemoryData => ({
  tables: tablesInMemory(deployment),
  kept: openKept(undefined),
  boots: 0,
  objects: {
    put: () => undefined,
    folderOf() {
      throw new Error('objects are not kept');
    },
  },
});

export const inMemory = ({
  deployment,
  entryOf,
  apiUrl = 'http://api.localhost',
  start,
  chance,
  data = memoryData(deployment),
  priced = false,
  logged = priced,
  readRaw,
  onPut,
}: MemoryCloudOptions): MemoryCloud => {
  const clock = createClock({ start, speed: 0, file: data.clockFile });
  const { tables, kept } = data;
  data.boots += 1;
  // What is drawn and counted anew at a restart is never what was there before.
  const boot = data.boots === 1 ? '' : `${data.boots}.`;
  const faults = createFaults(tables.copy);
  const { authorize, denials } = createAuthorize(deployment, clock);
  const meter = createMeter();
  const metering = priced ? metered(meter, tables.hooks) : undefined;
  const judged = gatewayWeather(faults, authorize);
  const weather: MemoryCloud['weather'] = { now: metering ? metering.weather(judged) : judged };
  const logs = createLogs(meter, clock, undefined);
  const lost: string[] = [];
  const own = chance.of(`cloud${boot}`);
  const token = () => Array.from({ length: 22 }, () => own.below(36).toString(36)).join('');
  tables.hooks.streamed = (table) => triggers.streams.wake([table]);

  const instances = instancesOf(
    deployment.functions,
    {
      entryOf,
      awsOf: (instance: Instance) => {
        const { environment } = instance.fn;
        const optional = (name: string) => environment[name];
        return {
          required(name) {
            const value = optional(name);
            if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
            return value;
          },
          optional,
          client(Client, make) {
            const service = SERVICES[(Client as unknown as { name: string }).name];
            if (!service) throw new Error(`${(Client as unknown as { name: string }).name} is not known in memory`);
            const act = (command: Command): Promise<unknown> =>
              service === 'dynamodb' ? tables.doc.send(command as never) : serve(services, service, command);
            let attempts: Promise<number> | undefined;
            const ofSdk = () => {
              attempts ??= (make() as never as { config: { maxAttempts(): Promise<number> } }).config.maxAttempts();
              return attempts;
            };
            const send = (command: Command) =>
              instance.dead
                ? new Promise(() => undefined)
                : weather.now({ instance, service, command, act, attempts: ofSdk });
            return { send } as never;
          },
          clock: () => clock.now() + (weather.ahead?.(instance) ?? 0),
          random: own.next,
          token,
        };
      },
      print(fn, line) {
        if (logged) logs.add(fn, line);
      },
    },
    boot,
  );
  const functions = metering ? metering.functions(instances) : instances;
  const triggers = createTriggers({
    deployment,
    clock,
    sourceOf: tables.sourceOf,
    functions: {
      ...functions,
      async invoke(...event) {
        const dies = weather.dies?.(event[0]);
        const died = { ok: false as const, error: KILLED };
        if (dies === 'before') return died;
        const other = weather.twice?.(event[0]) ? [functions.invoke(...event)] : [];
        const [outcome] = await Promise.all([functions.invoke(...event), ...other]);
        return dies ? died : outcome;
      },
    },
    kept,
    onTransition: (machine) => meter.count(machine.name, 'Transition', 'states.transitions'),
    onFired: (schedule) => meter.count(schedule.name, 'Fire', 'scheduler.invocations'),
    onDropped: (what) => void lost.push(what),
    onError(error) {
      throw error;
    },
  });
  let mails = 0;
  const post = createPost({
    deployment,
    clock,
    kept,
    id: () => `mail-${boot}${++mails}`,
    publish: (entry) => void triggers.bus.put([entry]),
  });
  const services: Services = {
    bus: triggers.bus,
    machines: triggers.machines,
    sqs: triggers.sqs,
    post,
    readRaw,
    objects: data.objects,
    onPut,
  };
  let served: { stop(): Promise<void> } | undefined;
  let calls = 0;
  const app = createApi(deployment.apis[0]!, {
    account: deployment.account,
    clock,
    functions,
    onRequest: ({ name }, route, billed) => meter.count(name, route, 'api.requests', billed),
    // Whoever calls is taken at their word.
    async authorize(_, header) {
      if (!header) throw new Unauthorized('the token is missing');
      return { sub: header.replace(/^Bearer /, '') };
    },
    requestId: () => `call-${boot}${++calls}`,
  });
  const over = (async (url: string | URL | Request, init?: RequestInit) => {
    const request = new Request(url, init);
    if (new URL(request.url).origin !== new URL(apiUrl).origin) throw new Error(`nobody answers at ${request.url}`);
    return app.fetch(request);
  }) as typeof fetch;
  void triggers.start();
  post.resume();

  const byPath = (path: string) => {
    const found = deployment.functions.find((fn) => fn.path === path);
    if (!found) throw new Error(`there is no function ${path}`);
    return found;
  };
  return {
    deployment,
    apiUrl,
    fetch: over,
    token: async (sub) => sub,
    clock,
    faults,
    denials: () => [...denials],
    doc: tables.doc,
    async invoke(path, event) {
      const outcome = await clock.work.run(`invocation of ${path}`, () => functions.invoke(byPath(path), event));
      if (outcome.ok) return JSON.parse(outcome.payload) as unknown;
      throw Object.assign(new Error(outcome.error.errorMessage), { name: outcome.error.errorType });
    },
    kill: (path) => functions.kill(byPath(path)),
    stopExecutions: () => triggers.machines.stopAll(),
    executions: () =>
      triggers.machines.list().map(({ name, status, machine }) => ({ name, status, machine: machine.path })),
    redeliver: (how) => triggers.disturbance.set(how),
    mail: async () => post.list(),
    mailOutcome: post.decide,
    deadLetters: () => deadLetters(deployment, triggers.queues),
    dropped: () => [...lost],
    logs: () => logs.lines(),
    meter,
    weather,
    sqs: triggers.sqs,
    enqueue: triggers.enqueue,
    indexes() {
      tables.hooks.now = clock.now;
      return tables.indexes;
    },
    objectsIn: data.objects.folderOf,
    waiting: async (queue) => waitingIn(deployment, queue, async (asked) => triggers.sqs('GetQueueAttributes', asked)),
    async serve(port) {
      served = await serveApi(app, port);
    },
    async stop() {
      await served?.stop();
      triggers.stop();
      await functions.stop();
      clock.stop();
    },
  };
};
