import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { execute, lookAt } from '../../../shared/journal/execute.ts';
import { payerKey } from '../../../shared/payer.ts';
import { personalItem, personalText, refOf } from '../../../shared/personal.ts';
import { groundAt } from '../../../shared/policy.ts';
import { Refusal } from '../../../shared/refusal.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { unitIdKey } from '../../../shared/units.ts';
import { accountId } from '../accounts/account.ts';
import { type Deps as AccountDeps, routes as accountRoutes } from '../accounts/api.ts';
import { charge } from '../accounts/decide.ts';
import { accountsIn } from '../accounts/store.ts';
import { at, bill } from '../accounts/testing.ts';
import { invoicesIn } from '../receipts/store.ts';
import { billingTable } from '../store.ts';
import { type Deps, routes } from './tasks-api.ts';
import { dunningWake } from './wake.ts';

const STAFF = {
  li: { role: 'agent' },
  zhao: { role: 'supervisor' },
  ding: { role: 'site-director' },
  yan: { role: 'department-head', department: 'engineering' },
} as const;

/** A site where three accounts owe since 10 November, and what falls due is decided. */
const atWork = async () => {
  const site = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'));
  const accounts = accountsIn(site.tables);
  const ids: string[] = [];
  for (const n of ['1', '2', '3']) {
    const [unit, party] = [`unt_${n}`, `pty_${n}`];
    const name = personalText('name', `张${n}`, site.now, site.deps.chance);
    const phone = personalText('phone', `1380000000${n}`, site.now, site.deps.chance);
    for (const text of [name, phone]) {
      await site.doc.send(new PutCommand({ TableName: 'personal', Item: personalItem(SITE, text) }));
    }
    await site.publish({ ...unitIdKey(SITE, unit), unit, building: 'A', number: `10${n}`, payers: [] });
    const card = { party, language: 'zh-CN', name: refOf(name), emails: [], phones: [{ value: refOf(phone) }] };
    await site.publish({ ...payerKey(SITE, party), ...card });
    const id = accountId(unit, party);
    ids.push(id);
    const ground = await groundAt(site.deps.policies, SITE, site.now);
    await execute(accounts, {
      site: SITE,
      id,
      now: site.now,
      by: 'system:run',
      once: { scope: `run-${n}`, body: '' },
      decide: (state) => {
        const actor = { staff: 'system:run', roles: [], departments: [] };
        const events = charge(
          { state, actor, now: site.now, ground },
          { unit, party, building: 'A', bills: [bill(25_399)] },
        );
        return events instanceof Refusal ? events : { events };
      },
    });
  }
  const call = apiCaller<Deps & AccountDeps>([...routes, ...accountRoutes], {
    ...site.deps,
    accounts,
    invoices: invoicesIn(site.tables),
  });
  /** The clock comes to 09:00 of a day, and everybody's dunning is looked at. */
  const comes = async (day: string, time = '09:00') => {
    site.now = at(day, time);
    for (const id of ids) {
      await lookAt(accounts, { site: SITE, id, now: site.now, wake: dunningWake(site.deps.policies) });
    }
  };
  return { site, call, comes, ids, tasks: (query = '', who = 'li') => call(who, `GET ${TASKS}${query}`) };
};
const TASKS = `/sites/${SITE}/dunning/tasks`;

let w: Awaited<ReturnType<typeof atWork>>;
beforeEach(async () => {
  w = await atWork();
});

test('the call list of a morning says whom to call: unit, name, number, what is open and since when', async () => {
  await w.comes('2026-11-11');
  expect((await w.tasks()).body).toEqual({ items: [] });
  await w.comes('2026-11-17');
  const { items } = (await w.tasks('?task=phone')).body;
  expect(items).toHaveLength(3);
  expect(items[0]).toEqual({
    account: w.ids[2],
    unit: 'unt_3',
    building: 'A',
    number: '103',
    party: 'pty_3',
    name: '张3',
    phones: ['13800000003'],
    openFen: 25_399,
    since: '2026-11-10',
    tasks: [
      {
        task: 'phone',
        rung: 'reminder',
        dueDay: '2026-11-10',
        on: '2026-11-17',
        due: '2026-11-17T16:00:00.000Z',
        late: false,
        calls: [],
      },
    ],
  });
  expect((await w.tasks('?task=visit')).body).toEqual({ items: [] });
});

test('who was reached or has paid is off the list; who was called in vain stays with the call, and late', async () => {
  await w.comes('2026-11-17');
  w.site.now = at('2026-11-17', '10:00');
  const account = (i: number, what: string) => `POST /sites/${SITE}/accounts/${w.ids[i]}/${what}`;
  await w.call('li', account(0, 'calls'), { outcome: 'reached' });
  await w.call('li', account(1, 'payments'), { fen: 25_399, method: 'cash' });
  await w.call('li', account(2, 'calls'), { outcome: 'no-answer', message: true });
  w.site.now = at('2026-11-18', '08:00');
  expect((await w.tasks()).body.items).toMatchObject([
    {
      unit: 'unt_3',
      tasks: [{ late: true, calls: [{ calledAt: '2026-11-17T02:00:00.000Z', message: true }] }],
    },
  ]);
});

test('a hold that came since is shown beside the task', async () => {
  await w.comes('2026-11-17');
  const holds = `/sites/${SITE}/accounts/${w.ids[0]}/holds`;
  await w.call('li', `POST ${holds}`, { kind: 'promise', until: '2026-11-20', reason: 'Pays on Friday.' });
  const { asked } = (await w.call('li', `GET /sites/${SITE}/accounts/${w.ids[0]}`)).body;
  await w.call('zhao', `POST ${holds}/decide`, { hold: asked[0].id, agree: true, words: 'Fine.' });
  expect((await w.tasks()).body.items[2]).toMatchObject({ hold: { kind: 'promise', until: '2026-11-20' } });
});

test('the list is paged, and is for the desk and those above alone', async () => {
  await w.comes('2026-11-17');
  const first = (await w.tasks('?limit=2')).body;
  expect(first.items.map(({ unit }: { unit: string }) => unit)).toEqual(['unt_3', 'unt_2']);
  expect((await w.tasks(`?limit=2&after=${first.next}`)).body).toMatchObject({ items: [{ unit: 'unt_1' }] });
  expect((await w.tasks('', 'ding')).status).toBe(200);
  expect((await w.tasks('', 'yan')).status).toBe(403);
});
