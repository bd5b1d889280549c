import type { Ask, Hour } from './hour.ts';
import { nameOf } from './keys.ts';
import { LIMITS, type LimitName } from './limits.ts';
import type { Measured } from './measured.ts';
import { NEW_SHARDS, startedAhead } from './waves.ts';

/** Something that has a limit, as the peak hour asks of it. */
export interface Finding {
  what: string;
  demand: number;
  limit: number;
  unit: string;
  /** How many times the demand fits; below 1 it does not. */
  headroom: number;
  source: string;
  lever: string;
  /** It rests on milliseconds of the machine that measured. */
  byTime: boolean;
}

const finding = (
  what: string,
  demand: number,
  { value, unit, source }: { value: number; unit: string; source: string },
  lever: string,
  byTime = false,
): Finding => ({
  what,
  demand,
  limit: value,
  unit,
  headroom: demand > 0 ? value / demand : Infinity,
  source,
  lever,
  byTime,
});

const QUOTA = 'a quota that is raised on request';
const ASKED: Partial<Record<Ask, [string, LimitName, string]>> = {
  apiRequests: ["requests to the API, the account's limit", 'apiRequests', QUOTA],
  putEvents: ['PutEvents', 'putEvents', QUOTA],
  busInvocations: ['functions called by rules of the bus', 'busInvocations', QUOTA],
  startExecution: ['StartExecution', 'startExecution', `${QUOTA}; a start that is refused is left to the sweep`],
  transitions: ['transitions of state machines', 'transitions', QUOTA],
  lambdaConcurrency: ['functions at once', 'lambdaConcurrency', QUOTA],
  fifo: [
    'sends to the FIFO queue of receipts',
    'fifo',
    'high throughput of the queue: no parameter, a line in infra/payments.ts',
  ],
};

/** The lever of a key, where there is one. */
const leverOf = (key: string): string => {
  if (key.startsWith('due#')) return '`DuePartitions` of its stack spreads it';
  if (key.includes('{site}')) return 'none: a key of each site that nothing spreads';
  return 'none: one key for the whole group';
};

/** Shards: as many as the table has partitions by its writes, against those that each reader of its stream needs. */
export interface Shards {
  table: string;
  events: number;
  writes: number;
  byWrites: number;
  /** Batches at once that a reader needs to keep up, over its batches a shard. */
  byReader: Record<string, number>;
}

export const shardsOf = ({ tables, rates }: Hour, { loads, facts }: Measured): Shards[] =>
  [...Map.groupBy(facts.readers, ({ table }) => table)].map(([table, readers]) => {
    const { writes = 0, events = 0 } = tables[table] ?? {};
    const needed = (reader: string): number => {
      let busy = 0;
      for (const [name, rate] of Object.entries(rates) as [keyof typeof loads, number][]) {
        const { functions, keys } = loads[name];
        const read = new Set(facts.readers.filter((one) => one.reader === reader).map((one) => one.table));
        const all = keys.filter((use) => read.has(use.table)).reduce((sum, use) => sum + use.events, 0);
        const here = keys.filter((use) => use.table === table).reduce((sum, use) => sum + use.events, 0);
        busy += all > 0 ? (rate * (functions[reader]?.ms ?? 0) * here) / all / 1000 : 0;
      }
      return busy;
    };
    return {
      table,
      events,
      writes,
      byWrites: Math.max(NEW_SHARDS, Math.ceil(writes / LIMITS.partitionWrites.value)),
      byReader: Object.fromEntries(readers.map(({ reader, parallel }) => [reader, needed(reader) / parallel])),
    };
  });

/** Everything of the peak hour that has a limit, what is nearest to it first. */
export const findingsOf = (hour: Hour, measured: Measured): Finding[] => {
  const hottest = [...Map.groupBy(hour.keys, ({ shape }) => `${shape.table}/${shape.index ?? ''}`).values()].flatMap(
    (some) => {
      const by = (field: 'reads' | 'writes') => some.reduce((most, one) => (one[field] > most[field] ? one : most));
      const [writes, reads] = [by('writes'), by('reads')];
      return [
        ...(writes.writes > 0
          ? [
              finding(
                `writes to ${nameOf(writes.shape)}`,
                writes.writes,
                LIMITS.partitionWrites,
                leverOf(writes.shape.key),
              ),
            ]
          : []),
        ...(reads.reads > 0
          ? [finding(`reads of ${nameOf(reads.shape)}`, reads.reads, LIMITS.partitionReads, leverOf(reads.shape.key))]
          : []),
      ];
    },
  );
  const asked = (Object.entries(ASKED) as [Ask, [string, LimitName, string]][]).map(([ask, [what, limit, lever]]) =>
    finding(what, hour.asked[ask], LIMITS[limit], lever, ask === 'lambdaConcurrency'),
  );
  const tables = Object.entries(hour.tables).map(([table, { writes }]) =>
    finding(`writes to all of ${table}`, writes, LIMITS.tableWrites, QUOTA),
  );
  const shards = shardsOf(hour, measured).flatMap(({ table, byWrites, byReader }) =>
    Object.entries(byReader).map(([reader, needs]) =>
      finding(
        `shards of ${table} that ${reader} needs`,
        needs,
        { value: byWrites, unit: 'shards', source: LIMITS.newTableWrites.source },
        'shards grow with the table; batches at once of a shard (at most 10) stand in infra, no parameter',
        true,
      ),
    ),
  );
  const stage = finding(
    "requests to the API, the stage's limit",
    hour.asked.apiRequests,
    { value: measured.facts.apiPerSecond, unit: 'requests/s', source: 'infra/constructs/parameters.ts' },
    '`HuiyinFront:RequestsPerSecond` and `RequestBurst` at deployment',
  );
  const mails = finding(
    'mails of reminders and rungs',
    hour.asked.mails,
    {
      value: measured.facts.mailPerSecond,
      unit: 'mails/s',
      source: "the account's SES quota; this is `MailPerSecond` as it is deployed",
    },
    'none: only letters keep the pace',
  );
  const ahead = finding(
    'executions open for one 09:00 of dunning',
    startedAhead(measured),
    LIMITS.openExecutions,
    'what gets no timer is left to the sweep',
    true,
  );
  return [...hottest, ...asked, stage, mails, ahead, ...tables, ...shards]
    .filter(({ demand }) => demand > 0)
    .sort((x, y) => x.headroom - y.headroom);
};
