import { happenedOf } from '../../../../shared/domain/happened.ts';
import { type Day, type Instant, localDay } from '../../../../shared/time/clock.ts';
import { earliest, happened, type Lattice } from './facts.ts';
import {
  type CaseFacts,
  callbackRoot,
  family,
  met,
  missed,
  type OutcomeState,
  rootOf,
  runningUntil,
  type Seen,
} from './measure.ts';

/**
 * A reply promised to an owner, at the desk or in a callback. Its day is the local day of the promised time: what has a day
 * that was agreed counts on that day, as a dunning step and a paid service do, and no month waits for the next one.
 */
export interface PromiseFacts {
  day?: Day;
  due?: Instant;
  /** Whoever promised it. */
  by?: string;
  /** When it was given: when that was recorded, unless that says when it happened. */
  kept?: Instant;
  missed?: true;
}

const LATTICE: Lattice<PromiseFacts> = { day: earliest, due: earliest, by: earliest, kept: earliest, missed: happened };

/** Kept means given at or before the promised time, whatever the clock said before that was recorded. */
const inTime = ({ due = Number.POSITIVE_INFINITY, kept, missed: late }: PromiseFacts): OutcomeState => {
  if (kept === undefined) return late ? missed('not-kept-in-time') : runningUntil(due);
  return kept > due ? missed('not-kept-in-time') : met;
};

export const promise = family<PromiseFacts>(LATTICE, (facts) => ({ promised: inTime(facts) }));

/** Several promises may follow each other at the desk, and are numbered; a callback has one at most. */
export const projectPromise = (event: Seen, zone: string): CaseFacts[] => {
  const atDesk = (n: number | string, facts: PromiseFacts): CaseFacts[] => [
    { family: 'promise', root: rootOf(event.aggregate), ordinal: `p${n}`, facts: { ...facts } },
  ];
  const inCallback = (facts: PromiseFacts): CaseFacts[] => [
    { family: 'promise', ...callbackRoot(event.aggregate), facts: { ...facts } },
  ];
  const made = (due: Instant): PromiseFacts => ({ day: localDay(due, zone), due, by: event.by });
  switch (event.name) {
    case 'contact.promised':
      return atDesk(event.data.promise ?? 1, made(event.data.replyBy));
    case 'contact.replied':
      return atDesk(event.data.promise ?? 1, { kept: happenedOf(event) });
    case 'contact.missed':
      return event.data.duty === 'reply' ? atDesk(event.data.of ?? 1, { missed: true }) : [];
    case 'callback.reached':
      return event.data.nextPromise === undefined ? [] : inCallback(made(event.data.nextPromise));
    case 'callback.replied':
      return inCallback({ kept: event.at });
    case 'callback.missed':
      return event.data.duty === 'reply' ? inCallback({ missed: true }) : [];
    default:
      return [];
  }
};
