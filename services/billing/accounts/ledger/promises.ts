import type { Recorded } from '../../../../shared/domain/events.ts';
import type { Day, Instant } from '../../../../shared/time/clock.ts';
import type { BillFacts } from '../account.ts';
import type { AccountEvent } from '../events.ts';

/** A promise to pay: given, until its last day, and perhaps kept. */
export interface PromiseToPay {
  given: Instant;
  until: Day;
  renewals: number;
  kept?: Instant | undefined;
}

/** What an event says of the promises of its account, by hold. */
export const notePromise = (promises: Map<string, PromiseToPay>, event: Recorded<AccountEvent>): void => {
  if (event.name === 'account.held' && event.data.kind === 'promise') {
    const { hold, until, renewals } = event.data;
    promises.set(hold, { given: event.at, until, renewals });
  }
  if (event.name === 'account.released' && event.data.why === 'kept') {
    const promise = promises.get(event.data.hold);
    if (promise) promise.kept = event.at;
  }
  if (event.name === 'account.reversed') {
    for (const { hold } of event.data.resumed ?? []) {
      const promise = promises.get(hold);
      if (promise) promise.kept = undefined;
    }
  }
};

/** Promises that amounts helped to keep: settled since they were given, of bills that were due within them. */
const keptBy = (
  promises: ReadonlyMap<string, PromiseToPay>,
  bills: ReadonlyMap<string, BillFacts>,
  settled: readonly { bill: string; at: Instant }[],
) =>
  [...promises].filter(([, { given, until, kept }]) =>
    settled.some(
      ({ bill, at }) => kept !== undefined && given <= at && at <= kept && (bills.get(bill)?.dueDay ?? '~') <= until,
    ),
  );

/**
 * What becomes of the promises that amounts had helped to keep, once those turn out not to have come: over, one was not
 * kept; until its last day is over it runs on, and pauses dunning again, from today.
 */
export const undoneOf = (
  { promises, bills }: { promises: ReadonlyMap<string, PromiseToPay>; bills: ReadonlyMap<string, BillFacts> },
  settled: readonly { bill: string; at: Instant }[],
  today: Day,
) => {
  const kept = keptBy(promises, bills, settled);
  const unkept = kept.filter(([, { until }]) => until < today).map(([hold]) => hold);
  const resumed = kept
    .filter(([, { until }]) => until >= today)
    .map(([hold, { until, renewals }]) => ({ hold, from: today, until, renewals }));
  return { ...(unkept.length > 0 ? { unkept } : {}), ...(resumed.length > 0 ? { resumed } : {}) };
};
