import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Functions } from '../functions/functions.ts';
import type { Kept } from '../kept.ts';
import type { Deployment, MachineModel, ScheduleModel, TableModel, Target } from '../model.ts';
import { type AsyncInvokes, createAsyncInvokes } from './async-invokes.ts';
import { type Bus, createBus } from './bus.ts';
import { createDeliveries } from './deliveries.ts';
import { createDisturbance, type Disturbance } from './disturbance.ts';
import { createMachines, type Machines } from './machines.ts';
import { startQueueMapping } from './queue-mapping.ts';
import { Queue } from './queues.ts';
import { startSchedules } from './schedules.ts';
import { createSqsApi } from './sqs-api.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { checkpoint, createStreams, type Source, type Streams } from './streams.ts';

export interface TriggersOptions {
  deployment: Deployment;
  clock: Clock;
  /** The streams of tables. */
  sourceOf(table: TableModel): Source;
  functions: Functions;
  kept: Kept;
  /** Streams and queues are read when nothing else runs (see StreamConsumer). */
  patient?: boolean | undefined;
  onTransition(machine: MachineModel): void;
  onFired(schedule: ScheduleModel): void;
  /** Something was lost that nobody will retry. */
  onDropped(what: string): void;
  onError(error: Error): void;
}

/** Everything that makes functions run besides the API. */
export interface Triggers {
  bus: Bus;
  machines: Machines;
  queues: Queue[];
  streams: Streams;
  disturbance: Disturbance;
  sqs(action: string, body: Record<string, unknown>): unknown;
  /** Lambda's `Invoke` of the type `Event`. */
  enqueue: AsyncInvokes['enqueue'];
  /** Takes up what was kept, then starts schedules. */
  start(): Promise<void>;
  stop(): void;
}

/** Builds all triggers of a deployment and joins them. Throws on what a template names but doesn't contain. */
export function createTriggers(options: TriggersOptions): Triggers {
  const { deployment, clock, functions, kept } = options;
  const disturbance = createDisturbance(clock.work);
  const queues: Queue[] = deployment.queues.map(
    (model) => new Queue(model, clock, kept, () => (model.redrive ? queueByArn(model.redrive.target) : undefined)),
  );

  function queueByArn(arn: string): Queue {
    const queue = queues.find(({ model }) => model.arn === arn);
    if (!queue) throw new Error(`No queue ${arn} in this deployment`);
    return queue;
  }

  function sendToQueue(arn: string, body: unknown, attributes: Record<string, string> = {}): void {
    const entries = Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]);
    queueByArn(arn).send({ body: JSON.stringify(body), attributes: Object.fromEntries(entries) });
  }

  const asyncInvokes: AsyncInvokes = createAsyncInvokes({
    clock,
    functions,
    kept,
    disturbance,
    sendToQueue,
    onDropped: ({ function: path, error }) => options.onDropped(`event for ${path}: ${error.errorType}`),
  });
  const machines = createMachines(deployment.machines, clock, functions, options.onTransition);

  function hand(target: Target, input: unknown): void {
    const service = target.arn.split(':')[2];
    if (service === 'lambda') asyncInvokes.enqueue(target.arn, input);
    else if (service === 'states') machines.start(target.arn, randomUUID(), JSON.stringify(input));
    else {
      const groupId = target.messageGroup;
      queueByArn(target.arn).send({ body: JSON.stringify(input), ...(groupId === undefined ? {} : { groupId }) });
    }
  }

  const deliveries = createDeliveries({
    clock,
    kept,
    hand,
    sendToQueue,
    onDropped: ({ target }, error) => options.onDropped(`delivery to ${target.arn}: ${error.message}`),
  });
  checkTargets(deployment, functions, queueByArn);
  const bus = createBus(deployment, clock, deliveries);

  const consumers: StreamConsumer[] = [];
  function consumersOf(streamArn: string, tableName: string): StreamConsumer[] {
    return deployment.mappings
      .filter(({ source }) => source === streamArn)
      .map((mapping) => {
        const fn = functions.byArn(mapping.functionArn);
        const consumer = new StreamConsumer({
          mapping,
          clock,
          functions,
          region: deployment.region,
          disturbance,
          patient: options.patient,
          position: checkpoint(kept, `${tableName} > ${fn.name}`),
          sendToQueue,
          onDropped: ({ path }, records, reason) =>
            options.onDropped(`${records.length} records for ${path}: ${reason}`),
        });
        consumers.push(consumer);
        return consumer;
      });
  }
  const streamed = deployment.tables.flatMap((table) =>
    table.stream ? [{ table, consumers: consumersOf(table.stream.arn, table.name) }] : [],
  );
  const streams = createStreams(
    streamed.filter((one) => one.consumers.length > 0),
    (table) => options.sourceOf(table),
    clock,
    options.onError,
  );
  const queueMappings = deployment.mappings
    .filter(({ source }) => source.startsWith('arn:aws:sqs:'))
    .map((mapping) =>
      startQueueMapping(mapping, queueByArn(mapping.source), clock, functions, deployment.region, options.patient),
    );

  return {
    bus,
    machines,
    queues,
    streams,
    disturbance,
    sqs: createSqsApi(queues),
    enqueue: asyncInvokes.enqueue,
    async start() {
      asyncInvokes.resume();
      deliveries.resume();
      for (const queue of queues) queue.resume();
      startSchedules(deployment.schedules, clock, deliveries, options.onFired);
      await streams.resume();
    },
    stop() {
      asyncInvokes.stop();
      streams.stop();
      for (const consumer of [...consumers, ...queueMappings]) consumer.stop();
      machines.stopAll();
    },
  };
}

/** A rule, schedule or failure destination that leads nowhere is found at boot. */
function checkTargets(deployment: Deployment, functions: Functions, queueByArn: (arn: string) => Queue): void {
  const targets = [...deployment.rules.flatMap((rule) => rule.targets), ...deployment.schedules.map((s) => s.target)];
  for (const { arn } of targets) {
    const service = arn.split(':')[2];
    if (service === 'lambda') functions.byArn(arn);
    else if (service === 'sqs') queueByArn(arn);
    else if (service !== 'states') throw new Error(`The local cloud can't deliver events to ${arn}`);
  }
  const failures = [
    ...targets.map(({ deadLetter }) => deadLetter),
    ...deployment.mappings.map(({ onFailure }) => onFailure),
    ...deployment.functions.map((fn) => fn.async.onFailure),
    ...deployment.queues.map(({ redrive }) => redrive?.target),
  ];
  for (const arn of failures) if (arn !== undefined) queueByArn(arn);
}
