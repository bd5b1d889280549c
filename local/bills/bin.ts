import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { HOUR, startOfDay } from '../../shared/time/clock.ts';
import { bill, LIST_PRICES, totals } from '../gateway/index.ts';
import { runningIn } from '../running.ts';
import { LAST_DAY, liveThrough } from './bills.ts';
import { gapsOf, mailsOf, moneyBySite, noticesOf, ratesOf } from './figures.ts';
import { setUpSites, ZONE } from './group.ts';
import { isRate, readRows } from './rows.ts';

const USAGE = 'usage: npm run bills -- UNITS.csv --rate 2.85 --period 2026-11 [--json] [--local-cloud]';

/** Reads the arguments; says what is wrong with them and ends with 2. */
const read = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        rate: { type: 'string' },
        period: { type: 'string' },
        json: { type: 'boolean', default: false },
        'local-cloud': { type: 'boolean', default: false },
      },
    });
    const [file] = positionals;
    const { rate = '', period = '', json, 'local-cloud': localCloud } = values;
    if (file === undefined || positionals.length > 1) throw new Error('one file is needed');
    if (!isRate(rate)) throw new Error('--rate: yuan for a m² and month, a positive decimal');
    if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(period)) throw new Error('--period: a month, YYYY-MM');
    return { ...readRows(readFileSync(file, 'utf8')), rate, period, json, localCloud };
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
};

const { rows, refused, rate, period, json, localCloud } = read();
const began = performance.now();
const progress = (line: string) => console.error(line);
const sites = [...new Set(rows.map(({ site }) => site))];
progress(`${rows.length} rows, ${refused.length} refused`);

const from = `${period}-01`;
// The evening before: the group is set up then.
const start = startOfDay(from, ZONE) - 6 * HOUR;
await runningIn({ start, localCloud, progress }, async (cloud) => {
  await setUpSites(cloud, rows, { rate, from }, progress);
  const { billed, dueDay, lastDay } = await liveThrough(cloud, rows, { period, days: LAST_DAY }, progress);
  const usage = cloud.meter.snapshot();
  const money = await moneyBySite(cloud, billed);
  const result = {
    rows: { accepted: rows.length, refused },
    sites: money.sites,
    group: money.group,
    notices: await noticesOf(cloud, sites, period),
    ...(await ratesOf(cloud, from, lastDay)),
    gaps: await gapsOf(cloud, sites, dueDay, lastDay),
    ...(await mailsOf(cloud, sites)),
    ledgerDifferences: money.ledgerDifferences,
    usage: totals(usage),
    priceUsd: bill(usage, LIST_PRICES).total,
    wallSeconds: Math.round((performance.now() - began) / 100) / 10,
  };
  if (json) console.log(JSON.stringify(result, null, 2));
  else console.log({ ...result, sites: undefined });
});
