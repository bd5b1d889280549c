import { type Obligation, open } from '../../shared/domain/obligation.ts';
import type { PolicyContext } from '../../shared/policy/policy-context.ts';
import { type Instant, MINUTE } from '../../shared/time/clock.ts';
import type { CHANNELS } from './events.ts';

/** What a contact owes until something has come of it; `reply` runs beside the others. */
export type ContactDuty = 'answer' | 'hand-over' | 'accept' | 'first-asked' | 'reply';
export type ContactChannel = (typeof CHANNELS)[number];

/** Whoever calls or stands at the counter is there now; whatever is written can wait a little. */
export const isWritten = (channel: ContactChannel): boolean => channel !== 'call' && channel !== 'visit';

/** Answer it: a message within the policy's minutes (Q2); what rings, within minutes, or it is a missed call. */
export const oweAnswer = (receivedAt: Instant, channel: ContactChannel, { policy }: PolicyContext): Obligation =>
  open({
    duty: 'answer',
    position: { role: 'agent' },
    since: receivedAt,
    due: receivedAt + (isWritten(channel) ? policy.messageMinutes : policy.waitingMinutes) * MINUTE,
    ladder: [[0, 'supervisor']],
  });

const claimed = (by: string, obligation: Obligation): Obligation => ({ ...obligation, claimedBy: by });

/** Settle it, or record it and hand it over: owed by whoever took it. */
export const oweHandOver = (answeredAt: Instant, takenBy: string, { policy }: PolicyContext): Obligation =>
  claimed(
    takenBy,
    open({
      duty: 'hand-over',
      position: { role: 'agent' },
      since: answeredAt,
      due: answeredAt + policy.handOverMinutes * MINUTE,
      ladder: [[0, 'supervisor']],
    }),
  );

/** The department takes on what was handed to it (Q2, its half). */
export const oweAccept = (routedAt: Instant, department: string, { policy }: PolicyContext): Obligation =>
  open({
    duty: 'accept',
    position: { role: 'department-head', department },
    since: routedAt,
    due: routedAt + policy.acceptMinutes * MINUTE,
    ladder: [[0, 'supervisor']],
  });

/** First asked stays responsible (首问责任制): of a complaint, until it is judged and a department has accepted it. */
export const oweFirstAsked = (routedAt: Instant, takenBy: string, { policy }: PolicyContext): Obligation =>
  claimed(
    takenBy,
    open({
      duty: 'first-asked',
      position: { role: 'agent' },
      since: routedAt,
      due: routedAt + (policy.judgeMinutes + policy.secondLookHours * 60 + policy.acceptMinutes) * MINUTE,
      ladder: [[0, 'supervisor']],
    }),
  );
