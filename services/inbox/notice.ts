import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';
import type { Called } from '../../shared/domain/events.ts';
import { PREFIX } from '../../shared/domain/ids.ts';
import type { Position } from '../../shared/people/positions.ts';
import type { Instant } from '../../shared/time/clock.ts';

/**
 * Why somebody hears of it: due soon, late, later still, important (重大), a major event (重大事件), an alert, work that
 * has come to their desk, what waits for them as the second person, a word that was recorded as theirs (代录), or whose
 * sign-in somebody is.
 */
export const KINDS = [
  'reminded',
  'missed',
  'escalated',
  'important',
  'major',
  'alert',
  'handed',
  'second',
  'proxy',
  'sign-in',
] as const;
export type Kind = (typeof KINDS)[number];

/**
 * What became of the email: `none` isn't mailed at all, `digest` waits for (or went into) the day's one digest, `due`
 * is queued, `sending` is claimed by a mailer, `refused` is what the mail service won't take for this address.
 */
export const MAIL_STATES = ['none', 'digest', 'due', 'sending', 'sent', 'refused', 'no-address'] as const;
export type NoticeMailState = (typeof MAIL_STATES)[number];

/** Where in the registry's roster a holder stands: what finds their address when the mail is sent. */
export interface SitePosition extends Position {
  /** A site, or `*` for the group. */
  site: string;
}

/** What is said of a case; ids, numbers and times only, the words are made in the reader's language. */
export interface Said extends Called {
  kind: Kind;
  site: string;
  /** The aggregate's type and id. */
  type: string;
  about: string;
  duty?: string | undefined;
  /** What an alert is about: a kind of complaints, a measure, or a building by its name. */
  what?: string | undefined;
  /** Who did it or asked for it, where that is told. */
  by?: string | undefined;
  due?: Instant | undefined;
  /** When it happened (the event's moment). */
  at: Instant;
}

/** An entry of somebody's inbox. */
export interface Notice extends Said {
  id: string;
  staff: string;
  /** As what they hear of it. */
  sitePosition: SitePosition;
  /** It is told to them whatever positions they hold, at every address that is theirs, or was until lately. */
  own?: true | undefined;
  /** The position that should have heard, when it has no holder. */
  vacant?: Position | undefined;
  mail: NoticeMailState;
  /** When a mailer last claimed it; when and under which id the mail service took it. */
  claimedAt?: Instant | undefined;
  sentAt?: Instant | undefined;
  messageId?: string | undefined;
  readAt?: Instant | undefined;
}

/** The same event (or what stands for several) tells the same person once: the id follows from both, and sorts by the event's moment. */
export const noticeId = (event: { id: string; at: Instant }, staff: string): string =>
  `${PREFIX.notice}_${encodeTime(event.at).toLowerCase()}${createHash('sha256').update(`${event.id}\n${staff}`).digest('hex').slice(0, 16)}`;
