import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { defineTable, personalTable } from '../../shared/aws/table.ts';
import { payerKey } from '../../shared/directory/payer.ts';
import { unitIdKey } from '../../shared/directory/units.ts';
import { http } from '../../shared/lambda/http.ts';
import { memoryTables } from '../../shared/memory-tables/tables.ts';
import { access, accessKey, rosterKey, staffKey } from '../../shared/people/access.ts';
import { personalReader } from '../../shared/people/personal.ts';
import { policies } from '../../shared/policy/policies.ts';
import { siteKey } from '../../shared/policy/policy.ts';
import { apiCaller } from '../../shared/testing/api-caller.ts';
import { routes } from './api.ts';
import { keptRoutes } from './kept-api.ts';
import { contactsIn, contactsTable } from './store.ts';

export const SITE = 'sit_lakeside';
const STAFF = {
  li: { role: 'agent' },
  wang: { role: 'agent' },
  chen: { role: 'department-head', department: 'engineering' },
  director: { role: 'site-director' },
} as const;

/** The desk of one site, over tables in memory: the API as the gateway calls it. */
export const desk = async () => {
  let now = Date.UTC(2026, 4, 1, 2);
  let seed = 0;
  let keys = 0;
  const doc = memoryTables(contactsTable, personalTable, defineTable({ name: 'registry', journal: false }));
  const clock = () => now;
  const put = (Item: object) => doc.send(new PutCommand({ TableName: 'registry', Item: { ...Item } }));
  await put({ ...siteKey(SITE), timeZone: 'Asia/Shanghai', departments: [{ id: 'engineering', name: '工程维修' }] });
  for (const [staff, grant] of Object.entries(STAFF)) {
    await put({ ...accessKey(staff), staff, active: true, language: 'en', grants: [{ site: SITE, ...grant }] });
    await put({ ...staffKey(staff), staff, sites: [SITE] });
    await put({ ...rosterKey(SITE, grant, staff), staff, ...grant, language: 'en' });
  }
  for (const unit of ['unt_1', 'unt_a', 'unt_b', 'unt_z']) await put({ ...unitIdKey(SITE, unit), unit });
  await put({ ...payerKey(SITE, 'pty_a'), party: 'pty_a' });
  await put({ ...unitIdKey('sit_other', 'unt_other'), unit: 'unt_other' });
  await put({ ...payerKey('sit_other', 'pty_other'), party: 'pty_other' });
  await put({ ...staffKey('other'), staff: 'other', sites: ['sit_other'] });
  await put({ ...staffKey('whole-group'), staff: 'whole-group', sites: ['*'] });
  const tables = { doc, own: 'contacts', personal: 'personal' };
  const contacts = contactsIn(tables);
  const deps = {
    contacts,
    policies: policies({ doc, registry: 'registry', clock }),
    access: access({ doc, registry: 'registry', clock }),
    personal: personalReader({ ...tables, clock }),
    directory: { doc, registry: 'registry' },
    clock,
    random: () => (seed = (seed + 0.137) % 1),
  };
  const api = http(routes, deps);
  const ask = async (who: keyof typeof STAFF, what: string, body?: object, key = `key-${++keys}`) => {
    const [method, path = ''] = what.split(' ');
    const [id = '', rest] = path.split('/');
    const { statusCode, body: answer } = await api({
      routeKey: `${method} /sites/{site}/contacts${id && '/{contact}'}${rest ? `/${rest}` : ''}`,
      headers: { 'idempotency-key': key },
      pathParameters: { site: SITE, ...(id ? { contact: id } : {}) },
      body: JSON.stringify(body ?? {}),
      requestContext: { authorizer: { jwt: { claims: { sub: who } } } },
    });
    return { ...(JSON.parse(answer) as Record<string, never>), http: statusCode } as Record<string, never> & {
      http: number;
      id: string;
    };
  };
  const kept = (who: string) => apiCaller(keptRoutes, deps)(who, `GET /sites/${SITE}/parties/pty_a/kept/intake`);
  return { deps, tables, ask, kept, contacts, clock, put, pass: (ms: number) => (now += ms) };
};
