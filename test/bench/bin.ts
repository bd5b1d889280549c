import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../../local/assembly.ts';
import { MEASURED } from '../scale/measured.ts';
import { measureBundles } from './bundles.ts';
import { measureDashboard } from './dashboard.ts';
import { factsOf } from './facts.ts';
import { measureLatency } from './latency.ts';
import { measureLifecycle } from './lifecycle.ts';
import { measureLoads, printLoads } from './loads.ts';
import { measureMonth } from './month.ts';
import { measurePaper } from './paper.ts';
import {
  missedBundles,
  missedDashboard,
  missedLatency,
  missedMonth,
  missedPaper,
  missedPrice,
  missedRatio,
  missedRun,
  printBundles,
  printDashboard,
  printLatency,
  printLifecycle,
  printMonth,
  printPaper,
  printRun,
  printThroughput,
} from './print.ts';
import { measureRun } from './run.ts';
import { measureThroughput } from './throughput.ts';

const USAGE =
  'usage: npm run bench [-- --json] [--write] [--only lifecycle,bundles,throughput,latency,dashboard,month,paper,run,loads]';

/** One figure: how it is measured, printed for people, and compared with its goals. */
const part =
  <T>(
    measure: (assembly: string) => Promise<T> | T,
    print: (found: T) => string,
    notes: (found: T) => (string | undefined)[],
  ) =>
  async (assembly: string) => {
    const found = await measure(assembly);
    return { found, text: print(found), notes: notes(found).filter((note) => note !== undefined) };
  };

const PARTS = {
  lifecycle: part(measureLifecycle, printLifecycle, missedPrice),
  bundles: part(measureBundles, printBundles, missedBundles),
  throughput: part(measureThroughput, printThroughput, missedRatio),
  latency: part(measureLatency, printLatency, missedLatency),
  dashboard: part(measureDashboard, printDashboard, missedDashboard),
  month: part(measureMonth, printMonth, missedMonth),
  paper: part(measurePaper, printPaper, missedPaper),
  run: part(measureRun, printRun, missedRun),
  loads: part(measureLoads, printLoads, () => []),
};
type BenchPart = keyof typeof PARTS;
const isPart = (name: string): name is BenchPart => Object.hasOwn(PARTS, name);

const read = () => {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        only: { type: 'string' },
      },
    });
    const wanted = values.only?.split(',') ?? Object.keys(PARTS);
    const unknown = wanted.filter((name) => !isPart(name));
    if (unknown.length > 0) throw new Error(`no figure ${unknown.join(', ')}`);
    if (values.write && !wanted.includes('loads')) throw new Error('--write writes what loads measures');
    return { json: values.json, write: values.write, wanted: wanted.filter(isPart) };
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
};

const { json, write, wanted } = read();
const say = (line: string) => (json ? console.error(line) : console.log(line));
const machine = { cpus: availableParallelism(), load: loadavg()[0] ?? 0, node: process.version };
say(`${machine.cpus} CPUs, load ${machine.load.toFixed(1)} before it began, Node ${machine.node}`);
const assembly = await synthesize();
const results: Record<string, unknown> = { machine };
const notes: string[] = [];
for (const name of wanted) {
  const measured = await PARTS[name](assembly);
  results[name] = measured.found;
  notes.push(...measured.notes);
  say(`\n${measured.text}`);
  for (const note of measured.notes) say(`  ! ${note}`);
}
if (write) {
  mkdirSync(dirname(MEASURED), { recursive: true });
  const measured = { machine, facts: factsOf(assembly), loads: results.loads };
  writeFileSync(MEASURED, `${JSON.stringify(measured, null, 1)}\n`);
  say(`\nwritten: ${MEASURED}`);
}
if (json) console.log(JSON.stringify({ ...results, notes }, null, 2));
process.exit(0);
