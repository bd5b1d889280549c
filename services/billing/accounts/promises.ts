import type { Day, Instant } from '../../../shared/clock.ts';
import type { Recorded } from '../../../shared/events.ts';
import type { BillFacts } from './account.ts';
import type { AccountEvent } from './events.ts';

/** A promise to pay: given, until its last day, and perhaps kept. */
export interface PromiseToPay {
  given: Instant;
  until: Day;
  kept?: Instant;
}

/** What an event says of the promises of its account, by hold. */
export const notePromise = (promises: Map<string, PromiseToPay>, event: Recorded<AccountEvent>): void => {
  if (event.name === 'account.held' && event.data.kind === 'promise') {
    promises.set(event.data.hold, { given: event.at, until: event.data.until });
  }
  if (event.name === 'account.released' && event.data.why === 'kept') {
    const promise = promises.get(event.data.hold);
    if (promise) promise.kept = event.at;
  }
};

/** Promises that amounts helped to keep: settled since they were given, of bills that were due within them. */
export const keptBy = (
  promises: ReadonlyMap<string, PromiseToPay>,
  bills: ReadonlyMap<string, BillFacts>,
  settled: readonly { bill: string; at: Instant }[],
): string[] =>
  [...promises].flatMap(([hold, { given, until, kept }]) =>
    settled.some(
      ({ bill, at }) => kept !== undefined && given <= at && at <= kept && (bills.get(bill)?.dueDay ?? '~') <= until,
    )
      ? [hold]
      : [],
  );
