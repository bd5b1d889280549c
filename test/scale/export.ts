import { LIST_PRICES } from '../../local/gateway/index.ts';
import type { Assumptions } from './assumptions.ts';
import { ARCHIVED_USD, OBJECTS_USD } from './limits.ts';
import type { LoadName, Measured } from './measured.ts';
import { monthOf } from './money.ts';

const GB = 2 ** 30;
/** As infra/open-data.ts has it: a batch is full, or has waited so long. */
const BATCH = 1000;
const WINDOWS_A_DAY = (24 * 60) / 5;
/** A message is sent, and received and deleted by tens. */
const REQUESTS = 1 + 2 / 10;
const YEAR = 12;
/** After 90 days objects are archived (infra/open-data.ts). */
const MONTHS_AT_HAND = 3;

/** What the export of open data takes in a month, over so many units. */
export interface Exported {
  events: number;
  requests: number;
  batches: number;
  objects: number;
  bytes: number;
  /** Dollars a month for the queue and for writing objects; the function's part is below both. */
  queueUsd: number;
  putsUsd: number;
  /** Dollars a month for all that a year has added: three months at hand, the rest archived. */
  yearStoredUsd: number;
}

/** Every event of a month, exported. Pure. */
export const exportOf = (a: Assumptions, { loads }: Measured, units: number): Exported => {
  const counts = Object.entries(monthOf(a, units)) as [LoadName, number][];
  const events = counts.reduce((sum, [name, count]) => sum + loads[name].events * count, 0);
  const batches = Math.max(events / BATCH, WINDOWS_A_DAY * a.days);
  const [requests, objects, bytes] = [events * REQUESTS, batches * a.exportJournals, events * a.exportBytes];
  const prices = LIST_PRICES.perUnit;
  return {
    events,
    requests,
    batches,
    objects,
    bytes,
    queueUsd: requests * prices['sqs.requests'],
    putsUsd: objects * prices['s3.puts'],
    yearStoredUsd: (bytes / GB) * (MONTHS_AT_HAND * OBJECTS_USD + (YEAR - MONTHS_AT_HAND) * ARCHIVED_USD),
  };
};
