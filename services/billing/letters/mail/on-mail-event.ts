import * as z from 'zod';
import { execute } from '../../../../shared/journal/execute.ts';
import { because } from '../../../../shared/lambda/run.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import { contextOf } from '../../../../shared/policy/policy-context.ts';
import { type Clock, parseInstant } from '../../../../shared/time/clock.ts';
import { type Letters, type RunMails, readRunCounts } from '../store.ts';
import { breaker } from './run-mail.ts';
import { applyMailEvent, type MailNews } from './sending.ts';

const instant = z
  .string()
  .transform((text) => parseInstant(text))
  .pipe(z.number());
const tag = z.tuple([z.string()], z.string());
/** What SES tells of a mail (developer guide, event data published to EventBridge); what else it says is left out. */
const mailEvent = z.object({
  eventType: z.string(),
  mail: z.object({
    timestamp: instant,
    messageId: z.string(),
    tags: z.object({ site: tag, letter: tag }),
  }),
  delivery: z.object({ timestamp: instant }).optional(),
  bounce: z
    .object({
      timestamp: instant,
      bounceType: z.string(),
      bounceSubType: z.string(),
      bouncedRecipients: z
        .array(z.object({ status: z.string().optional(), diagnosticCode: z.string().optional() }))
        .default([]),
    })
    .optional(),
  complaint: z.object({ timestamp: instant }).optional(),
});
type MailEvent = z.output<typeof mailEvent>;

type Bounce = NonNullable<MailEvent['bounce']>;

/** What passes, or is wrong with the mail: nothing is known of the address, whatever the status. */
const OF_THE_MAIL = ['MailboxFull', 'MessageTooLarge', 'ContentRejected', 'AttachmentRejected'];
/** An enhanced status (RFC 3463) is for good where it begins with 5; in the server's words it follows the reply code. */
const DEAD = /^5\.\d{1,3}\.\d{1,3}$/;
const SAYS_DEAD = /^(?:smtp; *)?\d{3}[ -]5\.\d{1,3}\.\d{1,3}\b/i;

/**
 * Whether the address is bad for good: SES says so, or the status does (a domain that isn't there is told as `Transient`).
 * Nobody's address is bad where no recipient is named; such is an automatic reply.
 */
const isForGood = ({ bounceType, bounceSubType, bouncedRecipients: all }: Bounce): boolean => {
  if (all.length === 0 || OF_THE_MAIL.includes(bounceSubType)) return false;
  const isDead = ({ status, diagnosticCode = '' }: (typeof all)[number]) =>
    status === undefined ? SAYS_DEAD.test(diagnosticCode) : DEAD.test(status);
  return bounceType === 'Permanent' || all.some(isDead);
};

/** In the words of a letter; `undefined` for what changes nothing, such as a delay. */
const toldBy = ({ eventType, mail, delivery, bounce, complaint }: MailEvent): MailNews | undefined => {
  const told = { at: mail.timestamp, acceptedAt: mail.timestamp, messageId: mail.messageId };
  if (eventType === 'Send') return { ...told, what: 'accepted' };
  if (delivery) return { ...told, what: 'delivered', at: delivery.timestamp };
  if (complaint) return { ...told, what: 'complained', at: complaint.timestamp };
  // Taken, and then not sent because of what it holds: as if it had come back.
  if (eventType === 'Reject') return { ...told, what: 'bounced', hard: false, subtype: 'Reject' };
  if (!bounce) return undefined;
  return { ...told, what: 'bounced', at: bounce.timestamp, hard: isForGood(bounce), subtype: bounce.bounceSubType };
};

export interface MailEventDeps {
  letters: Letters;
  runMails: RunMails;
  policies: Policies;
  clock: Clock;
}

/**
 * In: what SES tells of a letter, at least once and in any order. Out: the letter knows; a run of which too much came
 * back stops.
 */
export const onMailEvent =
  ({ letters, runMails, policies, clock }: MailEventDeps) =>
  async ({ detail }: { detail: unknown }): Promise<void> => {
    const event = mailEvent.parse(detail);
    const told = toldBy(event);
    if (!told) return;
    const [site] = event.mail.tags.site;
    const [id] = event.mail.tags.letter;
    const { state: known, cause } = await letters.head(site, id);
    because(cause);
    if (!known) throw new Error(`${id} is not known`);
    const context = await contextOf(policies, site, known.policy);
    const now = clock();
    const by = 'system:mail';
    await execute(letters, { site, id, now, by, decide: (state) => applyMailEvent({ state, now, context }, told) });
    if (known.run === undefined || told.what !== 'bounced' || !told.hard) return;
    // Asked again after each, whether or not it was told before: what died in between is caught up.
    const counts = await readRunCounts(letters, site, known.run);
    const decide = (state: Parameters<typeof breaker>[0]) => breaker(state, counts, now, context);
    await execute(runMails, { site, id: known.run, now, by, decide });
  };
