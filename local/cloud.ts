import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from './clock.ts';
import type { Cloud, CloudOptions } from './cloud-api.ts';
import { type DataFolder, takeFolder } from './data-folder.ts';
import { createTables, endOrphan, expireDaily, startEngine } from './engine/index.ts';
import { createApi, serveApi } from './front/api.ts';
import { startIdentity } from './front/identity.ts';
import { startMailbox } from './front/mailbox.ts';
import { createFunctions } from './functions/functions.ts';
import { createMeter, startGateway } from './gateway/index.ts';
import { openKept } from './kept.ts';
import { openObjects } from './objects.ts';
import { choosePorts } from './ports.ts';
import { countInvocation, createLogs, deadLetters } from './record.ts';
import { readDeployment } from './template/index.ts';
import { createTriggers } from './triggers/index.ts';
import { missingGrants } from './triggers/roles.ts';
import { createServices } from './triggers/services.ts';
import { StreamSource } from './triggers/stream-source.ts';

export type { Cloud, CloudOptions, Reachable } from './cloud-api.ts';

const AUDIENCE = 'huiyin';

/**
 * Boots what `cdk synth` wrote into `options.assembly`. Rejects, with nothing left running, when the template holds what
 * this cloud doesn't know or lacks what its own parts need, and with `CannotStart` when its folder or a port is taken.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const closers: (() => void | Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await boot(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function boot(
  options: CloudOptions,
  closers: (() => void | Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Cloud> {
  // Lambda's time zone, for code that uses local time by mistake: it must not work here and fail there.
  process.env.TZ = 'UTC';
  const log = options.log ?? (() => undefined);
  const engineIn = (folder: string) => join(folder, 'dynamodb');
  const { path: data, empty } = openData(options.data, closers);
  const keptFile = (name: string) => (options.data ? join(data, name) : undefined);
  const ports = await choosePorts(options.port, keptFile('ports.json'));
  closers.push(() => ports.releaseAll());
  if (options.fresh) {
    await endOrphan(engineIn(data));
    empty();
  }

  const identity = await startIdentity({
    port: await ports.release('identity'),
    audience: AUDIENCE,
    keyFile: keptFile('key.json'),
  });
  closers.push(() => identity.stop());
  const endpointUrl = `http://127.0.0.1:${ports.gateway}`;
  const deployment = readDeployment(options.assembly, {
    parameters: { OidcIssuer: identity.issuerUrl, OidcAudience: AUDIENCE, ...options.parameters },
    endpoints: { api: `http://localhost:${ports.api}`, gateway: endpointUrl },
  });
  const missing = await missingGrants(deployment);
  if (missing.length > 0) throw new Error(`The template lacks grants:\n${missing.join('\n')}`);
  const [api, ...others] = deployment.apis;
  if (!api || others.length > 0) throw new Error('The local cloud serves exactly one HTTP API');

  const engine = await startEngine({ dir: engineIn(data), ...(options.onDeath ? { onDeath: options.onDeath } : {}) });
  closers.push(() => engine.stop());
  await createTables(engine, deployment.tables);
  const kept = openKept(keptFile('kept.db'));
  closers.push(() => kept.close());
  const objects = openObjects(join(data, 's3'));
  const clock = createClock({ start: options.start, speed: options.speed ?? 0, file: keptFile('clock.json') });
  closers.push(() => clock.stop());

  expireDaily(engine, deployment.tables, clock, (error) => log(`failed: ${error.stack ?? error.message}`));
  const meter = createMeter();
  const logs = createLogs(meter, clock, keptFile('functions.log'));
  closers.push(() => logs.close());
  const dropped: string[] = [];
  const functions = createFunctions({
    functions: deployment.functions,
    clock,
    region: deployment.region,
    endpointUrl,
    call: (request) => gateway.call(request),
    ownThreads: options.repeatable,
    onUse: (use) => countInvocation(meter, use),
    onLog: (fn, text) => logs.add(fn, text),
  });
  const triggers = createTriggers({
    deployment,
    clock,
    sourceOf: ({ name }) => new StreamSource(engine, name),
    functions,
    kept,
    patient: options.repeatable,
    onTransition: (machine) => meter.count(machine.name, 'Transition', 'states.transitions'),
    onFired: (schedule) => meter.count(schedule.name, 'Fire', 'scheduler.invocations'),
    onDropped(what) {
      dropped.push(what);
      log(`lost: ${what}`);
    },
    onError: (error) => log(`failed: ${error.stack ?? error.message}`),
  });

  const mailbox = await startMailbox({
    port: await ports.release('mailbox'),
    deployment,
    clock,
    kept,
    id: randomUUID,
    publish: (entry) => void triggers.bus.put([entry]),
  });
  closers.push(() => mailbox.stop());
  const functionByPath = (path: string) =>
    deployment.functions.find((fn) => fn.path === path) ?? throwUnknown(path, deployment.functions);
  const gateway = await startGateway({
    deployment,
    // A write that outlives its killed caller is still work to wait for.
    engine: { ...engine, send: (target, body) => clock.work.run('table access', () => engine.send(target, body)) },
    clock,
    services: createServices({ bus: triggers.bus, machines: triggers.machines, sqs: triggers.sqs, mailbox, objects }),
    meter,
    port: await ports.release('gateway'),
    onTableWrite: (tables) => triggers.streams.wake(tables),
    onUse: options.onUse,
    onCrash: (name) => functions.kill(deployment.functions.find((fn) => fn.name === name)!),
    log,
  });
  closers.push(() => gateway.stop());
  const answering = createApi(api, {
    account: deployment.account,
    clock,
    functions,
    onRequest: ({ name }, route, billed) => meter.count(name, route, 'api.requests', billed),
  });
  const front = await serveApi(answering, await ports.release('api'));
  closers.push(() => front.stop());
  // First of all triggers stop (what fails from then on is the stop's doing), then functions, while the gateway still answers.
  closers.push(() => functions.stop());
  closers.push(() => triggers.stop());
  await triggers.start();
  mailbox.resume();

  return {
    deployment,
    apiUrl: front.url,
    fetch,
    issuerUrl: identity.issuerUrl,
    mailboxUrl: mailbox.url,
    endpointUrl: gateway.url,
    clock: { now: clock.now, advance: clock.advance, settle: clock.settle },
    token: identity.token,
    offerPeople: identity.offer,
    faults: gateway.faults,
    meter,
    denials: () => [...gateway.denials],
    async invoke(path, event) {
      const outcome = await functions.invoke(functionByPath(path), event);
      if (outcome.ok) return JSON.parse(outcome.payload) as unknown;
      throw Object.assign(new Error(outcome.error.errorMessage), { name: outcome.error.errorType });
    },
    kill: (path) => functions.kill(functionByPath(path)),
    stopExecutions: () => triggers.machines.stopAll(),
    objectsIn: objects.folderOf,
    executions: () =>
      triggers.machines.list().map(({ name, status, machine }) => ({ name, status, machine: machine.path })),
    redeliver: (how) => triggers.disturbance.set(how),
    mail: async () => mailbox.list(),
    mailOutcome: mailbox.decide,
    deadLetters: () => deadLetters(deployment, triggers.queues),
    dropped: () => [...dropped],
    logs: () => logs.lines(),
    tool: {
      endpoint: gateway.url,
      region: deployment.region,
      credentials: { accessKeyId: 'root', secretAccessKey: 'local' },
    },
    stop,
  };
}

/** The kept folder, or one that goes with the cloud, even when the process just exits. */
function openData(
  kept: CloudOptions['data'],
  closers: (() => void | Promise<void>)[],
): Pick<DataFolder, 'path' | 'empty'> {
  if (kept) {
    const folder = typeof kept === 'string' ? takeFolder(kept) : kept;
    closers.push(folder.release);
    return folder;
  }
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-cloud-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  closers.push(() => {
    process.off('exit', remove);
    remove();
  });
  return { path: folder, empty: () => undefined };
}

function throwUnknown(path: string, functions: { path: string }[]): never {
  throw new Error(`No function ${path}; there are ${functions.map((fn) => fn.path).join(', ')}`);
}
