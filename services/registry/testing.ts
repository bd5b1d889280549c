import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { personalTable } from '../../shared/aws/table.ts';
import { memoryTables } from '../../shared/memory-tables/tables.ts';
import { access } from '../../shared/people/access.ts';
import { personalKey, personalReader } from '../../shared/people/personal.ts';
import { policies } from '../../shared/policy/policies.ts';
import { apiCaller } from '../../shared/testing/api-caller.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { routes } from './api.ts';
import { registryIn, registryTable } from './store.ts';

export const NOON: Instant = Date.UTC(2026, 4, 1, 4); // 12:00 in Shanghai
export const ADMIN = 'the-admin';

/** The registry as its API shows it, over tables in memory, with a clock that a test moves. */
export const world = (doc = memoryTables(registryTable, personalTable)) => {
  const w = { now: NOON };
  const clock = () => w.now;
  const tables = { doc, own: 'registry', personal: 'personal' };
  const registry = registryIn(tables);
  const reads = { doc, registry: 'registry', clock };
  const deps = {
    registry,
    directory: { doc, registry: 'registry' },
    clock,
    random: Math.random,
    access: access({ ...reads, admin: ADMIN }),
    personal: personalReader({ ...tables, clock }),
    policies: policies(reads),
  };
  const call = apiCaller(routes, deps);

  /** Calls as the administrator named at deployment. @throws when it isn't accepted */
  const admin = async (request: string, body?: unknown) => {
    const { status, body: answer } = await call(ADMIN, request, body);
    if (status >= 300) throw new Error(`${request}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  };

  const lakeside = () =>
    admin('POST /sites', {
      id: 'lakeside',
      name: '湖滨花园',
      timeZone: 'Asia/Shanghai',
      departments: [{ id: 'engineering', name: '工程部' }],
    });
  const hire = (subject: string, ...grants: { site: string; role: string; department?: string }[]) =>
    admin('POST /staff', { name: `员工 ${subject}`, email: `${subject}@example.test`, subject, grants });

  const personalAt = (site: string, ref: string) => ({ TableName: 'personal', Key: personalKey(site, ref) });
  /** A text as it lies there. */
  const item = async (site: string, ref: string) => (await doc.send(new GetCommand(personalAt(site, ref)))).Item;
  /** It stood on something that is evidence until then (epoch seconds). */
  const evidence = async (site: string, ref: string, until: number) =>
    doc.send(new PutCommand({ TableName: 'personal', Item: { ...(await item(site, ref)), evidence: until } }));

  return Object.assign(w, { item, evidence, doc, registry, deps, call, admin, lakeside, hire });
};
