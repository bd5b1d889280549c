import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { payerKey } from '../../../../shared/directory/payer.ts';
import { unitIdKey } from '../../../../shared/directory/units.ts';
import { wakeUp } from '../../../../shared/journal/execute.ts';
import { personalItem, personalText, refOf } from '../../../../shared/people/personal.ts';
import { apiCaller } from '../../../../shared/testing/api-caller.ts';
import { SITE, siteInMemory } from '../../../../shared/testing/site.ts';
import { type Deps as PaymentDeps, routes as paymentRoutes } from '../../payments/api.ts';
import { invoicesIn } from '../../receipts/store.ts';
import { billingTable } from '../../store.ts';
import { type Deps as AccountDeps, routes as accountRoutes } from '../api.ts';
import { accountsIn } from '../store.ts';
import { at, bill } from '../testing.ts';
import { entersBills } from '../testing-bills.ts';
import { routes as proofRoutes } from './api.ts';
import { type Deps as TaskDeps, routes as taskRoutes } from './tasks-api.ts';

const STAFF = {
  li: { role: 'agent' },
  zhao: { role: 'supervisor' },
  ding: { role: 'site-director' },
  yan: { role: 'department-head', department: 'engineering' },
} as const;

/** A site where three accounts owe since 10 November, and what falls due is decided. */
export const dunningDesk = async () => {
  const site = await siteInMemory(billingTable, STAFF, at('2026-11-01', '09:00'));
  const accounts = accountsIn(site.tables, site.deps);
  const ids: string[] = [];
  for (const n of ['1', '2', '3']) {
    const [unit, party] = [`unt_${n}`, `pty_${n}`];
    const name = personalText('name', `张${n}`, site.now, site.deps.random, undefined);
    const phone = personalText('phone', `1380000000${n}`, site.now, site.deps.random, undefined);
    for (const text of [name, phone]) {
      await site.doc.send(new PutCommand({ TableName: 'personal', Item: personalItem(SITE, text) }));
    }
    await site.publish({ ...unitIdKey(SITE, unit), unit, building: 'A', number: `10${n}`, payers: [] });
    const card = { party, language: 'zh-CN', name: refOf(name), emails: [], phones: [{ value: refOf(phone) }] };
    await site.publish({ ...payerKey(SITE, party), ...card });
    ids.push(await entersBills(site, accounts, n, bill(25_399)));
  }
  const call = apiCaller<TaskDeps & AccountDeps & PaymentDeps>(
    [...proofRoutes, ...taskRoutes, ...accountRoutes, ...paymentRoutes],
    {
      ...site.deps,
      accounts,
      invoices: invoicesIn(site.tables),
    },
  );
  /** The clock comes to 09:00 of a day, and every account wakes up. */
  const comes = async (day: string, time = '09:00') => {
    site.now = at(day, time);
    for (const id of ids) {
      await wakeUp(accounts, { site: SITE, id, now: site.now });
    }
  };
  const does = (who: string, i: number, what: string, body: object) =>
    call(who, `POST /sites/${SITE}/accounts/${ids[i]}/${what}`, body);
  /** A promise to pay holds an account's dunning. */
  const promises = async (i: number, until: string) => {
    await does('li', i, 'holds', { kind: 'promise', until, reason: 'Pays on Friday.' });
    const { asked } = (await call('li', `GET /sites/${SITE}/accounts/${ids[i]}`)).body;
    await does('zhao', i, 'holds/decide', { hold: asked[0].id, agree: true, words: 'Fine.' });
    return asked[0].id as string;
  };
  const get = (path: string, who = 'li') => call(who, `GET /sites/${SITE}/dunning/${path}`);
  return { site, accounts, call, does, promises, get, comes, ids };
};
