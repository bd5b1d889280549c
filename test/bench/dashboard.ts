import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { entries } from '../../local/gateway/meter.ts';
import { MEASURE_IDS, type MeasureId } from '../../services/reporting/figures/measures/measure.ts';
import { reportingIn } from '../../services/reporting/figures/store.ts';
import type { Counts } from '../../services/reporting/figures/tally.ts';
import { inParallel } from '../../shared/aws/many.ts';
import { benchCloud, SITE } from './group.ts';
import { quantile } from './numbers.ts';

/** Goal for the read units of one call. */
export const GOAL_READ_UNITS = 200;
const SITES = 100;
/** The span asked for, and the one before it. */
const MONTHS = 12;
const YEARS = [2025, 2026];
const CALLS = 20;
const CLIENTS = 16;
/** Measures of which some cases stand outside, for a reason. */
const WITH_EXCLUDED = /^(Q2-department|Q3|Q5.*|Q6|Q6-slip|closing|overdue|reached)$/;
/** Off by default. */
const OFF: MeasureId[] = ['Q5-visit'];

/** A busy month in which every measure came up in every state: hundreds met, dozens missed or left out, a few still running. */
const monthOf = (n: number): Counts => {
  const some = (least: number, of: number) => least + ((n * 31 + of * 17) % (9 * least));
  const measures = MEASURE_IDS.filter((id) => !OFF.includes(id));
  return Object.fromEntries(
    measures.flatMap((id, i) => [
      [`${id}.m`, some(100, i)],
      [`${id}.x`, some(10, i)],
      [`${id}.r`, some(1, i)],
      ...(WITH_EXCLUDED.test(id) ? ['', '.not-valid'].map((why) => [`${id}.e${why}`, some(10, i)]) : []),
    ]),
  );
};

/** The group's page over a hundred sites and twelve months, with the twelve before: what one call reads, and how long it takes. */
export const measureDashboard = async (assembly: string) => {
  const { cloud, desk } = await benchCloud(assembly, { speed: 1 });
  const client = new DynamoDBClient(cloud.tool);
  try {
    const others = Array.from({ length: SITES - 1 }, (_, n) => `${SITE}-${n}`);
    for (const id of others) {
      const departments = [{ id: 'works', name: 'Works' }];
      await desk.admin.post('/sites', { id, name: id, timeZone: 'Asia/Shanghai', departments }, `dashboard-${id}`);
    }
    const own = cloud.deployment.tables.find(({ logicalId }) => logicalId.startsWith('ReportingTable'))?.name ?? '';
    const store = reportingIn({ doc: DynamoDBDocumentClient.from(client), own });
    const months = YEARS.flatMap((year) =>
      Array.from({ length: MONTHS }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}-01`),
    );
    const cells = [SITE, ...others].flatMap((site) => months.map((day) => ({ site, day })));
    const asOf = {
      contacts: cloud.clock.now(),
      complaints: cloud.clock.now(),
      callbacks: cloud.clock.now(),
      billing: cloud.clock.now(),
    };
    // Every month is closed, and bears the mark of it.
    const closed = { closedAt: cloud.clock.now(), hash: 'ab'.repeat(32), version: 1, collected: 'ab'.repeat(8) };
    await inParallel([...cells.entries()], CLIENTS, ([n, { site, day }]) =>
      store.setCell('month', { site, day, version: 0, counts: monthOf(n), asOf, closed }),
    );

    const ask = () => desk.admin.get('/figures?from=2026-01-01&to=2026-12-31&by=month');
    const { sites, periods } = await ask();
    if (sites.length !== SITES || periods.length !== MONTHS)
      throw new Error(`${sites.length} sites, ${periods.length} months`);
    const before = cloud.meter.snapshot();
    const took: number[] = [];
    for (let n = 0; n < CALLS; n++) {
      const from = performance.now();
      await ask();
      took.push(performance.now() - from);
    }
    const api = cloud.deployment.functions.find(({ path }) => path === 'HuiyinReporting/Api/Function')?.name;
    const reads = [...entries(cloud.meter.since(before))].filter(
      ({ who, unit }) => who === api && unit === 'dynamodb.readUnits',
    );
    const readUnits = reads.reduce((sum, { amount }) => sum + amount, 0) / CALLS;
    return {
      sites: SITES,
      months: MONTHS,
      cellsAMonth: Object.keys(monthOf(0)).length,
      readUnits,
      p50Ms: quantile(took, 0.5),
      p95Ms: quantile(took, 0.95),
    };
  } finally {
    client.destroy();
    await cloud.stop();
  }
};
