import type { NewEvent, PersonalRef } from '../../../../shared/domain/events.ts';
import { endOfDay, type Instant, MINUTE } from '../../../../shared/time/clock.ts';
import { may, REQUEUE, type Situation, toPaper } from '../decide.ts';
import { oweArrival, oweSettling } from '../duties.ts';
import type { LetterEvent } from '../events.ts';
import type { Letter } from '../letter.ts';
import type { PaperReason } from '../terms.ts';

type NewEvents = NewEvent<LetterEvent>[];
/** What a mailer and what is told decide on; nobody acts. */
export type Moment = Pick<Situation, 'state' | 'now' | 'context'>;

/** A mailer takes it on; from here on nobody knows what became of it until something tells, or the time is over. */
export const claim = (
  { state, now, context }: Moment,
  { address, doubtful, contentHash }: { address: PersonalRef; doubtful?: boolean; contentHash: string },
): NewEvents => {
  if (!may(state, 'claim')) return [];
  const wake = now + context.policy.mailUnknownMinutes * MINUTE;
  const { kind, attempts } = state;
  const data = { kind, attempt: attempts + 1, address, ...(doubtful ? { doubtful } : {}), contentHash, wake };
  return [{ name: 'letter.claimed', data }];
};

const isSending = (state: Letter | undefined, attempt: number): state is Letter =>
  state?.status === 'sending' && state.attempts === attempt;

/** The mail service took it. */
export const accepted = (
  { state, context }: Moment,
  { attempt, messageId, acceptedAt }: { attempt: number; messageId: string; acceptedAt: Instant },
): NewEvents => (isSending(state, attempt) ? [sent(state, { messageId, acceptedAt }, context)] : []);

/** The mail service refused to take it for now. */
export const released = ({ state, now }: Moment, attempt: number, code: string): NewEvents =>
  isSending(state, attempt)
    ? [{ name: 'letter.released', data: { kind: state.kind, attempt, code, wake: now + REQUEUE } }]
    : [];

/** The mail service will never take it for this address. */
export const refused = ({ state, now, context }: Moment, attempt: number): NewEvents =>
  isSending(state, attempt) ? [toPaper({ state, now, context }, 'refused')] : [];

/** It can't be mailed, or shall not. */
export const notMailed = ({ state, now, context }: Moment, why: PaperReason): NewEvents =>
  state?.status === 'queued' ? [toPaper({ state, now, context }, why)] : [];

const sent = (
  { kind, attempts }: Letter,
  { messageId, acceptedAt }: { messageId: string; acceptedAt: Instant },
  context: Situation['context'],
): NewEvents[number] => ({
  name: 'letter.sent',
  data: { kind, attempt: attempts, messageId, acceptedAt, opens: [oweArrival(acceptedAt, context)] },
});

/** What the mail service tells of a letter, some time after it took it. */
export interface MailNews {
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
export const applyMailEvent = (on: Moment, told: MailNews): NewEvents => {
  const { state, context } = on;
  // Only what a mailer took on can be told of.
  if (!state?.address) return [];
  const { kind, party, address, doubtful } = state;
  const taken = state.acceptedAt === undefined ? [sent(state, told, context)] : [];
  if (told.what === 'accepted') return may(state, 'accept') ? taken : [];
  if (told.what === 'delivered') {
    if (!may(state, 'deliver') || state.hardBounced) return [];
    const returned = state.bounced || undefined;
    const data = { kind, deliveredAt: told.at, party, address, doubtful, returned };
    return [...taken, { name: 'letter.delivered', data }];
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
  const bounced: NewEvents[number] = {
    name: 'letter.bounced',
    data: { kind, hard, subtype, bouncedAt: told.at, party, address },
  };
  if (!may(state, 'bounce')) return [bounced];
  return [...taken, bounced, toPaper({ ...on, state }, 'bounced', endOfDay(told.at, context.zone))];
};

/** Nothing told in time what became of it. */
export const lost = ({ state, now, context }: Moment): NewEvents =>
  may(state, 'lose') && state.wake !== undefined && state.wake <= now
    ? [
        {
          name: 'letter.unknown',
          data: {
            kind: state.kind,
            attempt: state.attempts,
            opens: [oweSettling(state.attempts, now, state.due, context)],
          },
        },
      ]
    : [];
