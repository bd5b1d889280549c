import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { caller } from '../client.ts';
import { ADMIN, callersOf } from '../demo/group.ts';
import { bill, LIST_PRICES, totals } from '../gateway/index.ts';
import { runningIn } from '../running.ts';
import { type Figures, figuresOf, rebuildDifferences } from './figures.ts';
import { replayRows } from './replay.ts';
import { localInstant, readRows } from './rows.ts';

const USAGE = 'usage: npm run replay -- FILE.csv --until YYYY-MM-DD [--json] [--local-cloud]';

/** Reads the arguments; says what is wrong with them and ends with 2. */
const read = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        until: { type: 'string' },
        json: { type: 'boolean', default: false },
        'local-cloud': { type: 'boolean', default: false },
      },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1 || values.until === undefined)
      throw new Error('a file and --until are needed');
    const until = localInstant(`${values.until}T00:00:00`);
    if (until === undefined) throw new Error('--until: a day, YYYY-MM-DD');
    return { ...readRows(readFileSync(file, 'utf8')), until, json: values.json, localCloud: values['local-cloud'] };
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
};

const { rows, refused, until, json, localCloud } = read();
const began = performance.now();
const progress = (line: string) => console.error(line);
const start = rows.reduce((first, { created }) => Math.min(first, created), until) - 60_000;
progress(`${rows.length} rows, ${refused.length} refused`);

await runningIn({ start, localCloud, progress }, async (cloud) => {
  const { siteId } = await replayRows(cloud, rows, until, progress);
  const usage = cloud.meter.snapshot();
  const group = await callersOf(cloud)('group-manager');
  const figures = await figuresOf(group, siteId, { start, until });
  const emails = (await cloud.mail()).length;
  const differences = await rebuildDifferences(cloud, caller(cloud.apiUrl, await cloud.token(ADMIN)));
  const result = {
    rows: { accepted: rows.length, refused },
    ...figures,
    emails,
    usage: totals(usage),
    priceUsd: bill(usage, LIST_PRICES).total,
    rebuildDifferences: differences,
    wallSeconds: Math.round((performance.now() - began) / 100) / 10,
  };
  if (json) console.log(JSON.stringify(result, null, 2));
  else {
    print(figures);
    console.log({ ...result, sites: undefined, group: undefined });
  }
});

/** For people: a line per site and figure. */
function print(figures: Figures): void {
  for (const [name, measures] of [...Object.entries(figures.sites), ['group', figures.group] as const]) {
    for (const [measure, { due, met, missed, running, excluded }] of Object.entries(measures)) {
      console.log(
        `${name.padEnd(16)} ${measure}  due ${due}  met ${met}  missed ${missed}  running ${running}  excluded ${excluded}`,
      );
    }
  }
}
