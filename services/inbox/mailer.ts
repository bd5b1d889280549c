import * as z from 'zod';
import { MailRefused, type SendMail } from '../../shared/aws/ses.ts';
import { log } from '../../shared/lambda/log.ts';
import { eachMessage, NotYet, type QueueBatch } from '../../shared/lambda/queue.ts';
import type { BatchAnswer } from '../../shared/lambda/stream.ts';
import type { Holder } from '../../shared/people/access.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import type { Language } from '../../shared/text/catalogue.ts';
import type { Clock, Instant } from '../../shared/time/clock.ts';
import type { Digest } from './digest-store.ts';
import { letterOf, letterOfDigest, originOf } from './letter.ts';
import type { NamesOf } from './names.ts';
import type { Notice, SitePosition } from './notice.ts';
import { addressPrint, type Inbox, type Mailed, type MailKey } from './store.ts';

export interface MailerDeps {
  inbox: Inbox;
  policies: Policies;
  /** Who sits in a position; the address is read when the mail is sent, and kept nowhere else. */
  holder: (sitePosition: SitePosition, staff: string) => Promise<Holder | undefined>;
  /** Every address that is somebody's, or was until lately. */
  reach: (staff: string, at: Instant) => Promise<{ language: Language; emails: string[] } | undefined>;
  names: NamesOf;
  send: SendMail;
  clock: Clock;
}

const message = z.object({ pk: z.string(), sk: z.string() });

/**
 * In: keys of what is to be mailed, any number of times. Out: each mailed once to each address, and its item says so. Claims,
 * sends, marks; a mailer that dies between sending and marking is the one moment that repeats an email, once the claim is old.
 */
export const mailer =
  (deps: MailerDeps) =>
  (batch: QueueBatch): Promise<BatchAnswer> =>
    eachMessage(batch, { failed: 'HY-MAI-4' }, async ({ body }) => mail(message.parse(JSON.parse(body)), deps));

const mail = async (key: MailKey, deps: MailerDeps): Promise<void> => {
  const { inbox, send, clock } = deps;
  const claim = await inbox.claim<(Notice | Digest) & Mailed>(key, clock());
  if (claim === 'done') return;
  // Whoever has it may have died: the message comes again when the claim is old enough to be taken over.
  if (claim === 'busy') throw new NotYet('another mailer has it');
  const { item } = claim;
  const { emails, language } = await addressesOf(item, deps);
  const letter = await written(item, language, deps);
  const reached = [...(item.reached ?? [])];
  let id = item.messageId;
  const troubles: unknown[] = [];
  const left = emails.filter((email) => !reached.includes(addressPrint(key, email)));
  for (const [i, email] of left.entries()) {
    try {
      id = await send(email, letter);
      log('HY-MAI-1', { item: key.sk, staff: item.staff, mail: id });
    } catch (error) {
      if (!(error instanceof MailRefused)) {
        troubles.push(error);
        continue;
      }
      log('HY-MAI-2', { item: key.sk, staff: item.staff });
    }
    reached.push(addressPrint(key, email));
    // Before the next one, so that its trouble doesn't mail this one again. What is settled at once needs no other write.
    if (troubles.length > 0 || i < left.length - 1) await inbox.record(key, reached, id);
  }
  if (troubles.length > 0) throw troubles[0];
  // One address that takes it is enough to say that it was sent.
  const refusedOrNone = reached.length > 0 ? 'refused' : 'no-address';
  await inbox.settle(key, id === undefined ? refusedOrNone : 'sent', clock(), id);
};

/** Where it goes: to whoever still sits in the position, or to whom it concerns. */
const addressesOf = async (item: Notice | Digest, { holder, reach }: MailerDeps) => {
  if ('own' in item && item.own)
    return (await reach(item.staff, item.at)) ?? { emails: [], language: 'zh-CN' as const };
  const positions = ('positions' in item && item.positions) || [item.sitePosition];
  let to: Holder | undefined;
  for (const one of positions) to ??= await holder(one, item.staff);
  return { emails: to?.email === undefined ? [] : [to.email], language: to?.language ?? 'zh-CN' };
};

const written = async (item: Notice | Digest, language: Language, { policies, names }: MailerDeps) => {
  const site = await originOf(policies, item.site, language);
  if ('listed' in item) return letterOfDigest(item, site, language, await names(item.listed));
  return letterOf(item, site, language, await names([item]));
};
