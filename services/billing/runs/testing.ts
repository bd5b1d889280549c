import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../../shared/aws/many.ts';
import { type UnitEntry, unitIdKey, unitKey } from '../../../shared/directory/units.ts';
import { wakeUp } from '../../../shared/journal/execute.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { accountId } from '../accounts/account.ts';
import { accountsIn, readLedger } from '../accounts/store.ts';
import { at } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import { type Deps as FeeDeps, routes as feeRoutes } from '../tariffs/api.ts';
import { routes as meteringRoutes } from '../tariffs/metering-api.ts';
import { runId } from '../tariffs/run-id.ts';
import { feesIn } from '../tariffs/store.ts';
import { flat } from '../tariffs/testing.ts';
import { type Deps, routes } from './api.ts';
import { type Notify, workOnNotices } from './notice-work.ts';
import { workOnPart } from './part-work.ts';
import { beingBilledIn, billsPage, runsIn } from './store.ts';
import { runWake, type ToDo, toDo } from './wake.ts';

export const RUN = runId('2026-11');
export const RUNS = `/sites/${SITE}/runs`;
const STAFF = {
  li: { role: 'agent' },
  sun: { role: 'centre-manager' },
  ding: { role: 'site-director' },
  yan: { role: 'department-head', department: 'finance' },
} as const;

export const MANAGEMENT = {
  code: 'management',
  names: { zh: '物业管理费', en: 'Management fee' },
  basis: 'area',
  rates: [{ rate: '2.85' }],
};

/** Flats `1…n` of a building, each of 100 m² and with a payer of its own. */
export const flats = (building: string, n: number, over: Partial<UnitEntry> = {}): UnitEntry[] =>
  Array.from({ length: n }, (_, i) => {
    const name = `${building.toLowerCase()}${i + 1}`;
    const number = String(i + 1).padStart(4, '0');
    return flat({
      unit: `unt_${name}`,
      building,
      number,
      areaMicro: 100_000_000,
      payer: `pty_${name}`,
      payers: [{ party: `pty_${name}` }],
      ...over,
    });
  });

/** A site whose fees are set, on the morning of the first of November: what is done to its run, and what came of it. */
export const siteWithFees = async (
  units: readonly UnitEntry[],
  items: object[] = [MANAGEMENT],
  doc?: DynamoDBDocumentClient,
) => {
  const world = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'), doc);
  const fees = feesIn(world.tables);
  const accounts = accountsIn(world.tables, world.deps);
  const runs = runsIn(world.tables);
  const put = async (...some: UnitEntry[]) => {
    await inParallel(some, 8, async (unit) => {
      await world.publish({ ...unitKey(SITE, unit), ...unit });
      await world.publish({ ...unitIdKey(SITE, unit.unit), ...unit });
    });
  };
  await put(...units);
  const deps: Deps & FeeDeps = { ...world.deps, ...runs, fees, beingBilled: beingBilledIn(runs) };
  const call = apiCaller<Deps & FeeDeps>([...routes, ...feeRoutes, ...meteringRoutes], deps);
  await call('sun', `POST /sites/${SITE}/fees`, { effective: '2026-01-01', items });

  /** Letters as their service keeps them: what is in one is in it once. */
  const letters = new Map<string, Map<string, string[]>>();
  let told = 0;
  const notify: Notify = async (_, __, wanted) => {
    for (const { party, accounts: about } of wanted) {
      told += 1;
      const letter = letters.get(party) ?? new Map<string, string[]>();
      letters.set(party, letter);
      for (const { account, bills = [] } of about) {
        letter.set(account, [...new Set([...(letter.get(account) ?? []), ...bills.map(({ bill }) => bill)])]);
      }
    }
  };
  const working = { ...deps, accounts, notify, personal: 'personal' };
  /** A worker with other tables beneath it: one that dies. */
  const work = async ({ site, run, part }: ToDo, over: Partial<typeof working> = {}): Promise<boolean> =>
    part === undefined
      ? workOnNotices({ ...working, ...over }, site, run)
      : workOnPart({ ...working, ...over }, site, run, part);
  const state = async () => (await runs.runs.head(SITE, RUN)).state;
  const left = async (): Promise<ToDo[]> => {
    const run = await state();
    return run ? toDo(SITE, run) : [];
  };
  return Object.assign(world, {
    call,
    put,
    accounts,
    runs,
    letters,
    working,
    work,
    state,
    left,
    toldParties: () => told,
    issue: (who = 'sun', key?: string) => call(who, `POST ${RUNS}`, { period: '2026-11' }, key),
    /** Workers do what there is to do until nothing is. */
    async drain() {
      for (let todo = await left(); todo.length > 0; todo = await left()) {
        for (const one of todo) while (await work(one));
      }
    },
    /** The sweep finds the run. */
    wakesUp: (enqueueWork: (todo: readonly ToDo[]) => Promise<void>) =>
      wakeUp(runs.runs, { site: SITE, id: RUN, now: world.now, wake: runWake(enqueueWork) }),
    bills: async () => {
      const found = [];
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await billsPage(runs, SITE, RUN, { limit: 100, after });
        found.push(...page.items);
        after = page.next;
      }
      return found;
    },
    account: async (unit: string, party: string) => {
      const id = accountId(unit, party);
      const [{ state: account }, ledger, events] = await Promise.all([
        accounts.head(SITE, id),
        readLedger(accounts, SITE, id),
        accounts.whole(SITE, id),
      ]);
      return { account, ledger, events };
    },
  });
};
