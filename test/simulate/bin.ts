import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { synthesize } from '../../local/assembly.ts';
import { inProcesses } from './lives.ts';
import { simulateAll } from './simulate.ts';

const USAGE = `usage: npm run simulate [-- --seed S] [--site-years N] [--sites N] [--days N] [--seconds N] [--json]

  --seed S         what all chance is drawn from; the same seed lives the same lives (the commit's hash)
  --site-years N   how long it is to be, in site-years (2)
  --sites N        sites of a cloud (10)
  --days N         days that each lives (365)
  --seconds N      begins no further cloud after so long
  --json           the result as JSON`;

/** A cloud of fifty sites takes some gigabytes. */
const MOST_AT_ONCE = 4;

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
};

const number = (name: string, text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new Error(`--${name}: a number above 0`);
  return value;
};
const integer = (name: string, text: string): number => {
  const value = number(name, text);
  if (!Number.isInteger(value)) throw new Error(`--${name}: a whole number above 0`);
  return value;
};

const read = () => {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: commit() },
        'site-years': { type: 'string', default: '2' },
        sites: { type: 'string', default: '10' },
        days: { type: 'string', default: '365' },
        seconds: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const { seed, json, seconds } = values;
    return {
      ...{ seed, json, siteYears: number('site-years', values['site-years']) },
      ...{ sites: integer('sites', values.sites), days: integer('days', values.days) },
      most: seconds === undefined ? undefined : 1000 * number('seconds', seconds),
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
};

const { json, ...asked } = read();
const began = performance.now();
if (process.env.SYNTHESIZED !== 'yes') await synthesize();
const width = Math.min(availableParallelism(), MOST_AT_ONCE);
const lives = inProcesses(width);
// However it ends, nobody lives on.
process.on('exit', () => lives.stop());
const { histories, ...sum } = await simulateAll(
  lives,
  { ...asked, width },
  (seed, sites, { siteDays, tally, events, broken }) => {
    const { commands, refused } = tally;
    if (json) return;
    console.log(
      `${seed}: ${sites} sites, ${siteDays} site-days, ${commands} commands (${refused} refused), ${events} events`,
    );
    for (const { law, what, at } of broken)
      console.log(`${seed}: broken, a shorter life is looked for: ${law}: ${what} (${at})`);
  },
);
const result = {
  seed: asked.seed,
  commit: commit(),
  ...sum,
  wallSeconds: Math.round((performance.now() - began) / 1000),
};
if (json) console.log(JSON.stringify(result));
else {
  console.log(`${result.siteYears} site-years in ${result.wallSeconds} s; faults: ${JSON.stringify(result.faults)}`);
  const said = Object.entries(result.kinds).map(([kind, { done, refused }]) => `${kind} ${done}/${refused}`);
  console.log(`done/refused: ${said.sort().join(', ')}`);
  for (const { law, what, at, seed, sites, days } of result.brokenLaws) {
    console.log(`BROKEN: ${law}: ${what} (${at}; commit ${result.commit}, seed ${seed}, ${sites} sites, ${days} days)`);
  }
  for (const history of histories) console.log(history);
}
if (result.siteYears === 0) console.error('nothing was lived: ask for more site-years, or for fewer sites a cloud');
process.exit(result.brokenLaws.length > 0 || result.siteYears === 0 ? 1 : 0);
