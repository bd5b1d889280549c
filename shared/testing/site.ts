import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { defineTable, personalTable, type TableDef } from '../aws/table.ts';
import { namesIn } from '../http/names.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import { access, accessKey, rosterKey, staffKey } from '../people/access.ts';
import { personalReader } from '../people/personal.ts';
import type { Role } from '../people/positions.ts';
import { policies } from '../policy/policies.ts';
import { DEFAULT_POLICY, type PolicyOverrides, policyKey, siteKey } from '../policy/policy.ts';
import type { Instant } from '../time/clock.ts';

export const SITE = 'lakeside';
const LEHMER = 2 ** 31 - 1;

/** The tables that a site stands on besides the service's own. */
export const OTHERS: readonly TableDef[] = [personalTable, defineTable({ name: 'registry', journal: false })];

/**
 * One site with its staff, as the registry publishes them, over tables in memory, and a clock that a test moves: what a
 * service's handlers stand on. @param doc other tables than those in memory
 */
export const siteInMemory = async (
  own: TableDef,
  staff: Record<string, { role: Role; department?: string }>,
  start: Instant,
  doc: DynamoDBDocumentClient = memoryTables(own, ...OTHERS),
) => {
  const w = { now: start };
  const clock = () => w.now;
  // Never the same twice within a test, and the same in each (Lehmer).
  let seed = 1;
  const publish = (item: object) => doc.send(new PutCommand({ TableName: 'registry', Item: { ...item } }));
  const departments = [
    { id: 'engineering', name: '工程部' },
    { id: 'finance', name: '财务部' },
  ];
  await publish({ ...siteKey(SITE), site: SITE, name: '翠湖花园', timeZone: 'Asia/Shanghai', departments });
  for (const [name, grant] of Object.entries(staff)) {
    await publish({
      ...accessKey(name),
      staff: name,
      active: true,
      language: 'en',
      grants: [{ site: SITE, ...grant }],
    });
    await publish({ ...rosterKey(SITE, grant, name), staff: name, ...grant, language: 'en' });
    await publish({ ...staffKey(name), staff: name, sites: [SITE] });
  }
  const tables = { doc, own: own.name, personal: 'personal' };
  const published = { doc, registry: 'registry', clock };
  const known = policies(published);
  let version = 0;
  /** A new version of the site's policy, in effect from an instant on. */
  const setPolicy = (overrides: PolicyOverrides, effective: Instant = w.now) =>
    publish({
      ...policyKey(SITE, ++version),
      version,
      effective,
      values: { ...DEFAULT_POLICY, ...overrides },
    });
  return Object.assign(w, {
    doc,
    clock,
    tables,
    publish,
    setPolicy,
    deps: {
      doc,
      registry: 'registry',
      clock,
      random: () => {
        seed = (seed * 48_271) % LEHMER;
        return seed / LEHMER;
      },
      access: access(published),
      policies: known,
      named: namesIn({ ...published, personal: 'personal', policies: known }),
      personal: personalReader({ ...tables, clock }),
      directory: { doc, registry: 'registry' },
    },
  });
};
