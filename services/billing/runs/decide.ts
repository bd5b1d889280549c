import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { open } from '../../../shared/domain/obligation.ts';
import { notFound, type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Situation } from '../../../shared/journal/command.ts';
import { decision } from '../../../shared/journal/decision.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { endOfDay, type Instant, MINUTE } from '../../../shared/time/clock.ts';
import type { PartStretch, RunPart } from './part.ts';
import type { Run, RunEvent } from './run.ts';

type NewEvents = NewEvent<RunEvent>[];

/** A message to a worker may be lost; what isn't done by then is told once more. */
const TELL_AGAIN = 15 * MINUTE;

interface Moment {
  state: Run | undefined;
  now: Instant;
  context: PolicyContext;
}

/** Every bill is entered and every notice out by 24:00 of the day on which it is issued. */
const oweIssue = ({ now, context }: Moment) =>
  open({
    duty: 'issue',
    position: { role: 'centre-manager' },
    since: now,
    due: endOfDay(now, context.zone),
    ladder: [[0, 'site-director']],
  });

/**
 * Issues a run: begins it; goes on where it was cancelled; and, when it was issued before, goes through all units once
 * more for what has become billable since. One that is under way goes on as it is.
 * @param stretches the whole directory of the site; none when it was under way as this was asked for
 */
export const issue = (on: Moment, { period, stretches }: { period: string; stretches: PartStretch[] }): NewEvents => {
  const { state, now, context } = on;
  if (state?.status === 'charging' || state?.status === 'noticing') return [];
  const again = state?.status === 'cancelled';
  // It was under way when this was asked for, so that the directory was not read; that it is issued now is what was wanted.
  if (!again && stretches.length === 0) return [];
  return [
    {
      name: 'run.started',
      data: {
        period,
        round: again ? state.round : (state?.round ?? 0) + 1,
        ...(again ? {} : { stretches }),
        policy: context.version,
        opens: [oweIssue(on)],
        wake: now + TELL_AGAIN,
      },
    },
  ];
};

/**
 * Stops charging; what is charged stays. It goes on owing its issue: payers that were charged have no notice yet. A page
 * of units that is being written is finished.
 */
export const cancel = decision(
  ({ state }: Situation<Run>): Run | Refusal => {
    if (!state) return notFound('run');
    return state.status === 'charging' ? state : refuse('run.not-running');
  },
  (_, __, words: PersonalRef): NewEvents => [{ name: 'run.cancelled', data: { words, wake: null } }],
);

/** A part is done; with the last one everything is charged. Said again, or after it was cancelled, it is nothing. */
export const partDone = (state: Run | undefined, { part, round, stretch, totals }: RunPart): NewEvents => {
  if (state?.status !== 'charging' || state.round !== round || !state.open.includes(part)) return [];
  const { buildings } = stretch;
  const done: NewEvents[number] = { name: 'run.part-done', data: { part, buildings, totals } };
  return state.open.length > 1 ? [done] : [done, { name: 'run.charged', data: {} }];
};

export interface Notices {
  round: number;
  /** How far it had come, and how far it has now. */
  from: string | undefined;
  after: string | undefined;
  notices: number;
  /** Nothing comes after. */
  last: boolean;
}

/** Some more payers have their notice; with the last one the run is issued. */
export const noticed = (state: Run | undefined, { round, from, after, notices, last }: Notices): NewEvents => {
  // Somebody else was here: what they did is done.
  if (state?.status !== 'noticing' || state.round !== round || state.noticed !== from) return [];
  const more: NewEvents = after === undefined ? [] : [{ name: 'run.noticed', data: { after, notices } }];
  if (!last) return more;
  const { period, totals } = state;
  return [
    ...more,
    {
      name: 'run.issued',
      data: { period, round, totals, notices: state.notices + notices, wake: null },
    },
  ];
};

/** What a run under way still has to do was told again; it looks once more in a quarter of an hour. */
export const hinted = (now: Instant): NewEvents => [{ name: 'run.hinted', data: { wake: now + TELL_AGAIN } }];
