import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../assembly.ts';
import { CannotStart } from '../cannot-start.ts';
import type { Cloud } from '../cloud.ts';
import { takeFolder } from '../data-folder.ts';
import { choosePorts } from '../ports.ts';

const USAGE = `usage: npm start [-- --fresh] [--speed N] [--port P] [--data DIR]

  --fresh     begin anew; otherwise the data of the last start is there again
  --speed N   clock seconds per second (1); 3600 lets an hour pass in a second
  --port P    the API's port (4600); sign-in, mailbox and AWS endpoint take the next three
  --data DIR  where the data is kept (.huiyin)`;

const ROOT = join(import.meta.dirname, '..', '..');
const FASTEST = 100_000;

const read = () => {
  try {
    const { values } = parseArgs({
      options: {
        fresh: { type: 'boolean', default: false },
        speed: { type: 'string', default: '1' },
        port: { type: 'string', default: '4600' },
        data: { type: 'string', default: join(ROOT, '.huiyin') },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const [speed, port] = [Number(values.speed), Number(values.port)];
    if (!(speed > 0 && speed <= FASTEST)) throw new Error(`--speed: a number above 0 up to ${FASTEST}`);
    if (!(Number.isInteger(port) && port >= 1024 && port <= 65_000)) throw new Error('--port: 1024 to 65000');
    return { fresh: values.fresh, speed, port, data: resolve(values.data) };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
};

const { fresh, speed, port, data } = read();
let cloud: Cloud | undefined;
let stopping = false;
const stop = async (status: number) => {
  if (stopping) return;
  stopping = true;
  console.log('\nstopping …');
  await cloud?.stop();
  process.exit(status);
};
process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));
process.on('SIGHUP', () => stop(0));
// npm hands no SIGTERM on: who started this is gone then.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void stop(0), 1000).unref();

const step = (line: string) => console.log(`  ${line}`);
try {
  console.log('Huiyin (回音)');
  // Before anything is deleted, and before half a minute of synthesizing into a folder that another start runs from.
  const folder = takeFolder(data);
  await (await choosePorts(port, undefined)).releaseAll();
  step('synthesizing the CDK app …');
  // What runs it is read meanwhile.
  const [assembly, { startCloud }, { DEMO, loadDemo }, { ADMIN }, { guide }] = await Promise.all([
    synthesize(),
    import('../cloud.ts'),
    import('../demo/demo.ts'),
    import('../demo/group.ts'),
    import('./guide.ts'),
  ]);
  step('booting the template …');
  cloud = await startCloud({
    assembly,
    data: folder,
    fresh,
    speed,
    port,
    parameters: { AdminSubject: ADMIN },
    log: (line) => console.error(`  ! ${line}`),
    onDeath(why) {
      console.error(`cannot go on: ${why}; what was recorded is there at the next start`);
      void stop(1);
    },
  });
  cloud.offerPeople(
    DEMO.staff.map(({ sub, name, role, department, site }) => ({
      sub,
      name,
      title: [role, department, site].filter(Boolean).join(' · '),
    })),
  );
  await loadDemo(cloud, data, step);
  if (!stopping) console.log(await guide(cloud, speed));
} catch (error) {
  if (!stopping) {
    console.error(error instanceof CannotStart ? `cannot start: ${error.message}` : error);
    await stop(1);
  }
}
