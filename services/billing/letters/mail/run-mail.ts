import type { NewEvent, PersonalRef, Recorded } from '../../../../shared/domain/events.ts';
import { type Obligation, tookRung } from '../../../../shared/domain/obligation.ts';
import { notFound, type Refusal, refuse } from '../../../../shared/domain/refusal.ts';
import type { AggregateType } from '../../../../shared/journal/aggregate.ts';
import type { Situation } from '../../../../shared/journal/command.ts';
import { decision } from '../../../../shared/journal/decision.ts';
import { hash } from '../../../../shared/journal/layout.ts';
import type { PolicyContext } from '../../../../shared/policy/policy-context.ts';
import type { Instant } from '../../../../shared/time/clock.ts';
import { oweDecision } from '../duties.ts';
import { type RunmailEvent, runmailEvents } from '../events.ts';
import type { Letter } from '../letter.ts';

/** What the letters of a run come to. `waiting` are to be sent, or their outcome is unknown. */
export const COUNTS = ['letters', 'waiting', 'sent', 'delivered', 'bounced', 'paper', 'handedOver'] as const;
export type RunCounts = Record<(typeof COUNTS)[number], number>;

const WAITING = ['queued', 'sending', 'unknown'];
const flag = (is: boolean | undefined): number => (is ? 1 : 0);

const NOTHING = Object.fromEntries(COUNTS.map((name) => [name, 0])) as RunCounts;

/** As what a letter counts in its run. Bounced are those that came back for good; what was opened anew for each of two counts there. */
export const runCountsOf = ({ status, acceptedAt, hardBounced, onPaper, parted }: Letter): RunCounts =>
  status === 'withdrawn' && parted
    ? NOTHING
    : {
        letters: 1,
        waiting: flag(WAITING.includes(status)),
        sent: flag(acceptedAt !== undefined),
        delivered: flag(status === 'delivered'),
        bounced: flag(hardBounced),
        paper: flag(onPaper),
        handedOver: flag(onPaper && (status === 'handed-over' || status === 'attempted')),
      };

/** One item would take 14 letters a second with as many conflicts; spread, they seldom meet. */
export const SHARDS = 8;
export const runCountPk = (site: string, run: string): string => `${site}#runcount#${run}`;
export const runCountKey = (site: string, run: string, letter: string) => ({
  pk: runCountPk(site, run),
  sk: `shard#${hash(letter) % SHARDS}`,
});

/**
 * The mail of a bill run, once too much of it came back. A record only of what was decided: a run whose mail goes well
 * has none.
 */
export interface RunMail {
  status: 'stopped' | 'going' | 'paper';
  policy: number;
  /** Counted up to when it went on: bounces count anew from there. */
  since: { sent: number; bounced: number };
  owed: Obligation[];
}

const fold = (state: RunMail | undefined, event: Recorded<RunmailEvent>): RunMail => {
  if (event.name === 'runmail.stopped') {
    const { opens, policy } = event.data;
    return { since: { sent: 0, bounced: 0 }, ...state, policy, status: 'stopped', owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before the stop`);
  switch (event.name) {
    case 'runmail.resumed': {
      const { sent, bounced } = event.data;
      return { ...state, status: 'going', since: { sent, bounced }, owed: [] };
    }
    case 'runmail.moved-to-paper':
      return { ...state, status: 'paper', owed: [] };
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

/** Its id is the run's. */
export const runMailType: AggregateType<RunMail, RunmailEvent> = {
  type: 'runmail',
  ids: 'run',
  events: runmailEvents,
  most: {},
  fold,
  finished: ({ status }) => status !== 'stopped',
};

type BounceCounts = Pick<RunCounts, 'sent' | 'bounced'>;

/** A run stops itself when too many of its mails came back for good, after enough were sent to say so (policy). */
export const breaker = (
  state: RunMail | undefined,
  { sent, bounced }: BounceCounts,
  now: Instant,
  context: PolicyContext,
): NewEvent<RunmailEvent>[] => {
  const { policy, version } = context;
  if (state && state.status !== 'going') return [];
  const before = state?.since ?? { sent: 0, bounced: 0 };
  const since = { sent: sent - before.sent, bounced: bounced - before.bounced };
  const { bounceStopFrom, bounceStopPercent } = policy;
  if (since.sent < bounceStopFrom || since.bounced * 100 < bounceStopPercent * since.sent) return [];
  return [
    { name: 'runmail.stopped', data: { sent, bounced, policy: version, opens: [oweDecision(sent, now, context)] } },
  ];
};

const stopped = ({ state }: Pick<Situation<RunMail>, 'state'>): RunMail | Refusal => {
  if (!state) return notFound('run');
  return state.status === 'stopped' ? state : refuse('letter.run-not-stopped');
};

/** The rest goes out after all. */
export const resume = decision(
  stopped,
  (_, __, { sent, bounced }: BounceCounts, words: PersonalRef): NewEvent<RunmailEvent>[] => [
    { name: 'runmail.resumed', data: { sent, bounced, words } },
  ],
);

/** The rest is printed and delivered. */
export const moveToPaper = decision(stopped, (_, __, words: PersonalRef): NewEvent<RunmailEvent>[] => [
  { name: 'runmail.moved-to-paper', data: { words } },
]);
