import { aggregateTypeOf, type Recorded } from '../../../shared/domain/events.ts';
import { untilWritten } from '../../../shared/journal/again.ts';
import { errorName, failure, log } from '../../../shared/lambda/log.ts';
import {
  type BatchAnswer,
  eventOf,
  failedFrom,
  type StreamBatch,
  type StreamRecord,
} from '../../../shared/lambda/stream.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import type { AccountEvent } from '../../billing/events.ts';
import { type PostingDeps, post } from '../collections/contract.ts';
import {
  type AsOf,
  applyFacts,
  asOfEvent,
  type CaseFacts,
  mergeFacts,
  newest,
  project,
  rowName,
  type Seen,
} from '../figures/contract.ts';
import { type Reporting, TOGETHER } from '../figures/contract-store.ts';

/** What is projected of an event, and when it was recorded. */
export interface EventFacts {
  facts: readonly CaseFacts[];
  asOf: AsOf;
}

const asOfByCase = (site: string, eventFacts: readonly EventFacts[]): Map<string, AsOf> => {
  const found = new Map<string, AsOf>();
  for (const { facts, asOf } of eventFacts) {
    for (const name of mergeFacts(site, facts).keys()) found.set(name, newest([found.get(name), asOf]));
  }
  return found;
};

/**
 * Facts are merged into rows, and the day's counts follow in the same transaction; what they knew already changes nothing.
 * @returns how many rows changed
 */
export const count = async (store: Reporting, site: string, eventFacts: readonly EventFacts[]): Promise<number> => {
  const asOf = asOfByCase(site, eventFacts);
  const all = eventFacts.flatMap((one) => one.facts);
  const cases = [...mergeFacts(site, all).values()];
  let changed = 0;
  for (let i = 0; i < cases.length; i += TOGETHER) {
    const some = cases.slice(i, i + TOGETHER);
    const { changes } = await untilWritten(async () => {
      const facts = new Map(some.map((one) => [rowName(one.key), one.facts]));
      const rows = await store.rows(some.map(({ key }) => key));
      const changes = rows
        .flatMap((row) => applyFacts(row, facts.get(rowName(row.key)) ?? {}) ?? [])
        .map((change) => ({ ...change, asOf: asOf.get(rowName(change.row.key)) ?? {} }));
      if (changes.length > 0) await store.commit(site, changes);
      return { changes };
    });
    changed += changes.length;
  }
  return changed;
};

/** A site's events of accounts, by account. */
const ledgersOf = (events: readonly Seen[]): Map<string, Recorded<AccountEvent>[]> =>
  Map.groupBy(
    events.filter(({ name }) => aggregateTypeOf(name) === 'account') as Recorded<AccountEvent>[],
    ({ aggregate }) => aggregate,
  );

/**
 * In: a table's new journal events. Out: case rows and counts, and of accounts the sums of their ledgers. Whatever comes
 * twice, late or after a death half-way changes nothing; from the first event that can't be counted on, the stream comes
 * again.
 */
export const counter =
  ({ reporting, policies, ...posting }: { reporting: Reporting; policies: Policies } & PostingDeps) =>
  async ({ Records }: StreamBatch): Promise<BatchAnswer> => {
    const bySite = new Map<string, { zone: string; eventFacts: EventFacts[]; events: Seen[] }>();
    let failed: StreamRecord | undefined;
    for (const record of Records) {
      try {
        const event = eventOf(record) as Seen;
        const { timeZone } = await policies.site(event.site);
        const known = bySite.get(event.site) ?? { zone: timeZone, eventFacts: [], events: [] };
        known.eventFacts.push({ facts: project(event, timeZone), asOf: asOfEvent(event) });
        known.events.push(event);
        bySite.set(event.site, known);
      } catch (error) {
        failure('HY-EVT-2', { event: record.eventID, error: errorName(error) });
        failed = record;
        break;
      }
    }
    let rows = 0;
    try {
      for (const [site, { zone, eventFacts, events }] of bySite) {
        rows += await count(reporting, site, eventFacts);
        await post(posting, site, ledgersOf(events), zone);
      }
    } catch (error) {
      failure('HY-EVT-2', { error: errorName(error) });
      return failedFrom(Records[0]);
    }
    log('HY-KPI-1', { events: Records.length, rows });
    return failedFrom(failed);
  };
