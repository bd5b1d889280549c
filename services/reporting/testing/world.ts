import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TableDef } from '../../../shared/aws/table.ts';
import { aggregateTypeOf } from '../../../shared/domain/events.ts';
import { notFound } from '../../../shared/domain/refusal.ts';
import { eventItem } from '../../../shared/journal/aggregate.ts';
import { aggregateKey, HEAD, LIST_INDEX, listPartition } from '../../../shared/journal/layout.ts';
import { http } from '../../../shared/lambda/http.ts';
import type { StreamRecord } from '../../../shared/lambda/stream.ts';
import { memoryTables } from '../../../shared/memory-tables/tables.ts';
import type { Access, Grant } from '../../../shared/people/access.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import { DEFAULT_POLICY } from '../../../shared/policy/policy.ts';
import { routes } from '../api.ts';
import { startNight } from '../audit/nightly/start.ts';
import { type Alarm, type StepMessage, takeStep } from '../audit/rebuild.ts';
import { rebuildsIn } from '../audit/rebuild-store.ts';
import { collectionIn } from '../collections/store.ts';
import { type JournalName, journalsIn, TABLE_OF } from '../figures/journal-store.ts';
import type { Seen } from '../figures/measures/measure.ts';
import { reportingIn, reportingTable } from '../figures/store.ts';
import { counter } from '../kpi/count.ts';
import { monthsIn } from '../months/store.ts';
import { improvementsIn } from '../reports/improvements/store.ts';
import { reportsIn } from '../reports/store.ts';
import { NINE, SITE, ZONE } from './site.ts';

/** Keys of calls that name none: each its own. */
let asked = 0;

/** What BatchWriteItem takes at most in one call. */
const A_BATCH = 25;

const POLICY = { version: 0, effective: 0, values: { ...DEFAULT_POLICY, satisfactionTarget: 90 } };
const policies = {
  site: async (site: string) => {
    if (!site.startsWith(SITE)) throw notFound(site);
    const desk = { complaintPhone: '0571-8888' };
    return { site, name: site, timeZone: ZONE, departments: [{ id: 'engineering', name: '工程' }], desk };
  },
  list: async (_: number, after?: string) =>
    after === undefined
      ? { items: [{ site: SITE, name: SITE, timeZone: ZONE, departments: [] }], more: true }
      : { items: [{ site: `${SITE}2`, name: `${SITE}2`, timeZone: ZONE, departments: [] }], more: false },
  at: async () => POLICY,
  since: async () => [POLICY],
  version: async () => POLICY,
} as unknown as Policies;

const journaled = (name: string): TableDef => ({
  name,
  stream: true,
  indexes: [{ name: LIST_INDEX, hash: 'list', range: { name: 'id', type: 'S' } }],
});
const plain = (name: string): TableDef => ({ name, stream: false, indexes: [] });

const own = reportingTable.name;
const tables = { contacts: 'contacts', complaints: 'complaints', callbacks: 'callbacks', billing: 'billing' };
const [closed, reported, personal, registry] = ['months', 'reports', 'personal', 'registry'];

export const record = (event: Seen): StreamRecord => ({
  eventID: event.id,
  dynamodb: {
    SequenceNumber: event.id,
    NewImage: marshall(eventItem(aggregateTypeOf(event.name), event), { removeUndefinedValues: true }),
  },
});

/** Tables of its own, the counter, the API and a rebuild whose queue is worked off by hand. */
export const world = async () => {
  const kept = memoryTables(
    reportingTable,
    ...[closed, reported, ...Object.values(tables)].map(journaled),
    ...[personal, registry].map(plain),
  );
  /** Calls in a row that do their work and then die before their answer arrives. */
  let dying = 0;
  const send = kept.send.bind(kept);
  const doc = {
    send: async (command: Parameters<typeof send>[0]) => {
      const answer = await send(command);
      if (command.constructor.name === 'TransactWriteCommand' && dying-- > 0) throw new Error('died');
      return answer;
    },
  } as unknown as DynamoDBDocumentClient;
  const reporting = reportingIn({ doc, own });
  const rebuilds = rebuildsIn({ doc, own });
  const queue: StepMessage[] = [];
  const enqueue = async (message: StepMessage) => void queue.push(message);
  const alarms: Parameters<Alarm>[0][] = [];
  const alarm: Alarm = async (found) => void alarms.push(found);
  const journals = journalsIn({ doc, tables });
  const collection = collectionIn({ doc, own });
  const months = monthsIn({ doc, own: closed, personal: 'none' });
  const reportTables = { doc, own: reported, personal };
  const stores = {
    reporting,
    collection,
    rebuilds,
    counters: { doc, own },
    policies,
    journals,
    ledgers: journals.ledgers,
    months,
    reports: reportsIn(reportTables),
    alerts: { doc, own: reported },
    improvements: improvementsIn(reportTables),
    personal: personalReader({ ...reportTables, clock: (): number => w.now }),
    random: Math.random,
    directory: { doc: kept, registry },
    send: enqueue,
    alarm,
    // Every slice costs a test its chain's reads and writes; that there are many is tested where chains are.
    slices: 1,
  };
  const w = {
    now: NINE + 1e9,
    own,
    registry,
    queue,
    /** What somebody was alarmed of. */
    alarms,
    doc,
    closed,
    personal,
    stores,
    reporting,
    count: counter(stores),
    die: (times: number) => {
      dying = times;
    },
    /** Into the journals, as the services' commands do. */
    write: async (events: readonly Seen[]) => {
      const puts = new Map<string, { table: string; Item: Record<string, unknown> }>();
      for (const event of events) {
        const type = aggregateTypeOf(event.name) as JournalName;
        const { site, aggregate: id } = event;
        const head = { pk: aggregateKey(site, type, id), sk: HEAD, list: listPartition(site, type, false), id };
        for (const Item of [eventItem(type, event), head])
          puts.set(`${Item.pk} ${Item.sk}`, { table: tables[TABLE_OF[type]], Item });
      }
      const all = [...puts.values()];
      for (let i = 0; i < all.length; i += A_BATCH) {
        const some = Map.groupBy(all.slice(i, i + A_BATCH), ({ table }) => table);
        const RequestItems = Object.fromEntries(
          [...some].map(([name, of]) => [name, of.map(({ Item }) => ({ PutRequest: { Item } }))]),
        );
        await kept.send(new BatchWriteCommand({ RequestItems }));
      }
    },
    /** Written and counted. */
    happen: async (events: readonly Seen[]) => {
      await w.write(events);
      const { batchItemFailures } = await w.count({ Records: events.map(record) });
      if (batchItemFailures.length > 0) throw new Error('not everything was counted');
    },
    call: async (
      method: string,
      path: string,
      how: {
        params?: object;
        query?: object;
        body?: object;
        key?: string;
        grants?: Grant[];
        staff?: string;
        language?: string;
      } = {},
    ) => {
      const grants = how.grants ?? [{ site: '*', role: 'quality-manager' as const }];
      const person = { staff: how.staff ?? 'stf_qm', active: true, language: 'en' as const, grants };
      const access = { person: async () => person } as Access;
      const api = http(routes, { ...stores, access, clock: () => w.now });
      const answer = await api({
        routeKey: `${method} ${path}`,
        headers: { 'idempotency-key': how.key ?? `key${asked++}`, 'accept-language': how.language },
        pathParameters: (how.params ?? {}) as Record<string, string>,
        queryStringParameters: (how.query ?? {}) as Record<string, string>,
        body: JSON.stringify(how.body ?? {}),
        requestContext: { authorizer: { jwt: { claims: { sub: 'qm' } } } },
      });
      const isFile = !answer.headers['content-type']?.includes('json');
      const body = isFile ? Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8') : answer.body;
      return { status: answer.statusCode, headers: answer.headers, body: isFile ? body : JSON.parse(answer.body) };
    },
    step: (message: StepMessage, received = 1) => takeStep(stores, message, received),
    /** Works the queue off. */
    work: async () => {
      while (queue.length > 0) await w.step(queue.shift() as StepMessage);
    },
    /** The hour in which a night begins. */
    nightfall: () => startNight({ ...stores, clock: () => w.now })(),
    /** Starts a rebuild and works the queue off; answers how it ended. */
    rebuild: async (repair = false) => {
      const { body } = await w.call('POST', '/figures/rebuild', { body: { repair } });
      await w.work();
      return (await w.call('GET', '/figures/rebuild/{rebuild}', { params: { rebuild: body.id } })).body;
    },
  };
  return w;
};
export type World = Awaited<ReturnType<typeof world>>;
