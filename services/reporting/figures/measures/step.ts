import type { Day, Instant } from '../../../../shared/time/clock.ts';
import type { DunningRung } from '../../../billing/events.ts';
import { earliest, happened, type Lattice } from './facts.ts';
import {
  type CaseFacts,
  excluded,
  family,
  met,
  missed,
  type OutcomeState,
  runningUntil,
  type Seen,
} from './measure.ts';

/** One dunning step (account, due day, rung) on the day it fell due; what a hold stood in the way of is a case of its own. */
interface StepFacts {
  day?: Day;
  rung?: DunningRung;
  due?: Instant;
  done?: Instant;
  /** It ended because nothing was open any more. */
  settled?: true;
  superseded?: true;
  missed?: true;
  /** Why it was held. */
  held?: string;
  /** When a hold was agreed to for a step that had fallen due and asked a person. */
  heldAt?: Instant;
}
const LATTICE: Lattice<StepFacts> = {
  day: earliest,
  rung: earliest,
  due: earliest,
  done: earliest,
  settled: happened,
  superseded: happened,
  missed: happened,
  held: earliest,
  heldAt: earliest,
};

/**
 * Judged by when it was done, also where that came to be known after the due time. Paid on its day before it was carried
 * out, it is met and says so: a payment doesn't undo that it was due, and leaves nobody to dun.
 */
const carriedOut = ({ due, done, settled, superseded, missed: late, held, heldAt }: StepFacts): OutcomeState => {
  if (due === undefined && held !== undefined && heldAt === undefined) return excluded(held);
  if (superseded) return missed('superseded');
  if (done !== undefined && due !== undefined) {
    if (settled) return done <= due ? { ...met, why: 'settled' } : missed('not-carried-out');
    return done <= due ? met : missed('late');
  }
  // A hold in place of the letter answers the step where it was agreed to on its day.
  if (held !== undefined && heldAt !== undefined && due !== undefined) {
    return heldAt <= due ? excluded(held) : missed('late');
  }
  return late ? missed('not-carried-out') : runningUntil(due);
};

/** Q5 over the steps that fell due, and each rung of the ladder by itself. */
export const step = family<StepFacts>(LATTICE, (facts) => {
  const outcome = carriedOut(facts);
  return { Q5: outcome, ...(facts.rung === undefined ? {} : { [`Q5-${facts.rung}`]: outcome }) };
});

export const projectStep = (event: Seen): CaseFacts[] => {
  const about = (dueDay: Day, rung: DunningRung, on: Day, facts: StepFacts): CaseFacts[] => [
    { family: 'step', root: event.aggregate, ordinal: `${dueDay}.${rung}.${on}`, facts: { day: on, rung, ...facts } },
  ];
  switch (event.name) {
    case 'account.step-due':
      return about(event.data.dueDay, event.data.rung, event.data.on, { due: event.data.due });
    case 'account.step-done': {
      const { also = [], doneAt, settled } = event.data;
      return [event.data, ...also].flatMap(({ dueDay, rung, on }) =>
        about(dueDay, rung, on, { done: doneAt, ...(settled ? { settled: true } : {}) }),
      );
    }
    case 'account.step-superseded':
      return about(event.data.dueDay, event.data.rung, event.data.on, { superseded: true });
    case 'account.step-held':
      return about(event.data.dueDay, event.data.rung, event.data.on, { held: event.data.kind });
    case 'account.held': {
      const { steps = [], kind } = event.data;
      return steps.flatMap(({ dueDay, rung, on }) => about(dueDay, rung, on, { held: kind, heldAt: event.at }));
    }
    case 'account.missed': {
      if (event.data.duty !== 'step') return [];
      const [dueDay = '', rung = '', on = ''] = (event.data.of ?? '').split('/');
      return about(dueDay, rung as DunningRung, on, { missed: true });
    }
    default:
      return [];
  }
};
