import type { Happening, PersonalRef } from '../../../../shared/domain/events.ts';
import { endOfDay, type Instant, MINUTE } from '../../../../shared/time/clock.ts';
import { may, REQUEUE, type Situation, toPaper } from '../decide.ts';
import { oweArrival, oweSettling } from '../duties.ts';
import type { LetterEvent } from '../events.ts';
import type { Letter } from '../letter.ts';
import type { PaperReason } from '../terms.ts';

type Happenings = Happening<LetterEvent>[];
/** What a mailer and what is told decide on; nobody acts. */
export type Moment = Pick<Situation, 'state' | 'now' | 'ground'>;

/** A mailer takes it on; from here on nobody knows what became of it until something tells, or the time is over. */
export const claim = (
  { state, now, ground }: Moment,
  { address, doubtful, contentHash }: { address: PersonalRef; doubtful?: boolean; contentHash: string },
): Happenings => {
  if (!may(state, 'claim')) return [];
  const wake = now + ground.policy.mailUnknownMinutes * MINUTE;
  const { kind, attempts } = state;
  const data = { kind, attempt: attempts + 1, address, ...(doubtful ? { doubtful } : {}), contentHash, wake };
  return [{ name: 'letter.claimed', data }];
};

const isSending = (state: Letter | undefined, attempt: number): state is Letter =>
  state?.status === 'sending' && state.attempts === attempt;

/** The mail service took it. */
export const accepted = (
  { state, ground }: Moment,
  { attempt, messageId, acceptedAt }: { attempt: number; messageId: string; acceptedAt: Instant },
): Happenings => (isSending(state, attempt) ? [sent(state, { messageId, acceptedAt }, ground)] : []);

/** The mail service refused to take it for now. */
export const released = ({ state, now }: Moment, attempt: number, code: string): Happenings =>
  isSending(state, attempt)
    ? [{ name: 'letter.released', data: { kind: state.kind, attempt, code, wake: now + REQUEUE } }]
    : [];

/** The mail service will never take it for this address. */
export const refused = ({ state, now, ground }: Moment, attempt: number): Happenings =>
  isSending(state, attempt) ? [toPaper({ state, now, ground }, 'refused')] : [];

/** It can't be mailed, or shall not. */
export const notMailed = ({ state, now, ground }: Moment, why: PaperReason): Happenings =>
  state?.status === 'queued' ? [toPaper({ state, now, ground }, why)] : [];

const sent = (
  { kind, attempts }: Letter,
  { messageId, acceptedAt }: { messageId: string; acceptedAt: Instant },
  ground: Situation['ground'],
): Happenings[number] => ({
  name: 'letter.sent',
  data: { kind, attempt: attempts, messageId, acceptedAt, opens: [oweArrival(acceptedAt, ground)] },
});

/** What the mail service tells of a letter, some time after it took it. */
export interface Told {
  what: 'accepted' | 'delivered' | 'bounced' | 'complained';
  /** When it happened, and when the mail service had taken the mail. */
  at: Instant;
  acceptedAt: Instant;
  messageId: string;
  /** Of a bounce: the address is bad for good. */
  hard?: boolean;
  subtype?: string;
}

/**
 * What was told comes at least once and in any order; told again it changes nothing. What was delivered and came back for now
 * was delivered, whichever is told first; what came back for good did not arrive.
 */
export const hear = (on: Moment, told: Told): Happenings => {
  const { state, ground } = on;
  // Only what a mailer took on can be told of.
  if (!state?.address) return [];
  const { kind, party, address, doubtful } = state;
  const taken = state.acceptedAt === undefined ? [sent(state, told, ground)] : [];
  if (told.what === 'accepted') return may(state, 'accept') ? taken : [];
  if (told.what === 'delivered') {
    if (!may(state, 'deliver') || state.hardBounced) return [];
    return [...taken, { name: 'letter.delivered', data: { kind, deliveredAt: told.at, party, address, doubtful } }];
  }
  if (told.what === 'complained') {
    return state.complained
      ? []
      : [{ name: 'letter.complained', data: { kind, complainedAt: told.at, party, address } }];
  }
  const { hard = false, subtype = '' } = told;
  if (state.hardBounced || (state.bounced && !hard)) return [];
  // An automatic reply (out of office) is told as a bounce for now.
  if (state.status === 'delivered' && !hard) return [];
  const bounced: Happenings[number] = {
    name: 'letter.bounced',
    data: { kind, hard, subtype, bouncedAt: told.at, party, address },
  };
  if (!may(state, 'bounce')) return [bounced];
  return [...taken, bounced, toPaper({ ...on, state }, 'bounced', endOfDay(told.at, ground.zone))];
};

/** Nothing told in time what became of it. */
export const lost = ({ state, now, ground }: Moment): Happenings =>
  may(state, 'lose') && state.wake !== undefined && state.wake <= now
    ? [
        {
          name: 'letter.unknown',
          data: {
            kind: state.kind,
            attempt: state.attempts,
            opens: [oweSettling(state.attempts, now, state.due, ground)],
          },
        },
      ]
    : [];
