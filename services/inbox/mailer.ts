import * as z from 'zod';
import { MailRefused, type SendMail } from '../../shared/aws/ses.ts';
import { log } from '../../shared/lambda/log.ts';
import { eachMessage, type QueueBatch } from '../../shared/lambda/queue.ts';
import type { BatchAnswer } from '../../shared/lambda/stream.ts';
import type { Holder } from '../../shared/people/access.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Digest } from './digest-store.ts';
import { letterOf, letterOfDigest, placeOf } from './letter.ts';
import type { MailState, Notice, Seat } from './notice.ts';
import type { Inbox, MailKey } from './store.ts';

export interface MailerDeps {
  inbox: Inbox;
  policies: Policies;
  /** Who sits in a seat; the address is read when the mail is sent, and kept nowhere else. */
  holder: (seat: Seat, staff: string) => Promise<Holder | undefined>;
  send: SendMail;
  clock: Clock;
}

const message = z.object({ pk: z.string(), sk: z.string() });

/**
 * In: keys of what is to be mailed, any number of times. Out: each mailed once, and its item says so. Claims, sends,
 * marks; a mailer that dies between sending and marking is the one moment that repeats an email, once the claim is old.
 */
export const mailer =
  (deps: MailerDeps) =>
  (batch: QueueBatch): Promise<BatchAnswer> =>
    eachMessage(batch, { failed: 'HY-MAI-4' }, async ({ body }) => mail(message.parse(JSON.parse(body)), deps));

const mail = async (key: MailKey, { inbox, policies, holder, send, clock }: MailerDeps): Promise<void> => {
  const claim = await inbox.claim<(Notice | Digest) & { mail: MailState }>(key, clock());
  if (claim === 'done') return;
  // Whoever has it may have died: the message comes again when the claim is old enough to be taken over.
  if (claim === 'busy') throw new Error('another mailer has it');
  const { item } = claim;
  const to = await holder(item.seat, item.staff);
  if (to?.email === undefined) {
    await inbox.settle(key, 'no-address', clock());
    return;
  }
  const site = await placeOf(policies, item.site, to.language);
  const letter = 'listed' in item ? letterOfDigest(item, site, to.language) : letterOf(item, site, to.language);
  try {
    const id = await send(to.email, letter);
    log('HY-MAI-1', { item: key.sk, staff: item.staff, mail: id });
    await inbox.settle(key, 'sent', clock(), id);
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    log('HY-MAI-2', { item: key.sk, staff: item.staff });
    await inbox.settle(key, 'refused', clock());
  }
};
