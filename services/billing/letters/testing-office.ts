import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { payerKey } from '../../../shared/directory/payer.ts';
import { unitIdKey } from '../../../shared/directory/units.ts';
import { evidenceIn, evidenceItems } from '../../../shared/journal/evidence.ts';
import { wakeUp } from '../../../shared/journal/execute.ts';
import { personalItem, personalText, refOf } from '../../../shared/people/personal.ts';
import { isFor } from '../../../shared/testing/is-for.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { type Instant, SECOND } from '../../../shared/time/clock.ts';
import { accountsIn } from '../accounts/store.ts';
import { billingTable } from '../store.ts';
import { onAddressTold } from './addresses/on-address-told.ts';
import type { LetterEvent } from './events.ts';
import type { LetterRequest } from './join.ts';
import { mailer } from './mail/mailer.ts';
import { onMailDecided } from './mail/on-mail-decided.ts';
import { onMailEvent } from './mail/on-mail-event.ts';
import type { ToMail } from './mail/queue.ts';
import type { LetterMail } from './mail/ses.ts';
import { onLetterDone } from './on-letter-done.ts';
import { openLetters } from './open.ts';
import { lettersIn, payersIn, runMailsIn } from './store.ts';
import { NINE } from './testing.ts';
import { letterWake } from './wake.ts';

export { SITE };

/** Consumers of what happened to letters. */
const HEAR = [onLetterDone, onAddressTold, onMailDecided];

/**
 * The letters of one site over tables in memory: a queue that holds messages back, a mail service that says what it is
 * told to, and events that are heard, each as often as a test wants.
 */
export const office = async () => {
  const staff = { li: { role: 'agent' }, zhao: { role: 'supervisor' }, wang: { role: 'centre-manager' } } as const;
  const site = await siteInMemory(billingTable, staff, NINE);
  const { doc, clock, tables, publish, deps } = site;
  const letters = lettersIn(tables);
  const payers = payersIn(tables);
  const runMails = runMailsIn(tables);
  const accounts = accountsIn(tables, deps);
  let tokens = 0;
  const o = {
    ...deps,
    site,
    letters,
    payers,
    runMails,
    accounts,
    evidence: evidenceIn(tables),
    evidenceItems: evidenceItems(tables),
    names: async () => new Map([['management', { zh: '物业费', en: 'Management' }]]),
    queue: [] as (ToMail & { at: Instant })[],
    mails: [] as LetterMail[],
    /** What the mail service does with a mail. */
    service: (_: LetterMail): string => `m${o.mails.length}`,
    /** Every moment is free. */
    pace: {
      hasRoom: async (_: Instant): Promise<boolean> => true,
      reserve: async (_site: string, _letter: string, now: Instant): Promise<Instant | undefined> => now,
      hold: async (_: Instant): Promise<void> => undefined,
    },
    enqueue: async (some: readonly ToMail[]): Promise<void> => {
      for (const one of some) o.queue.push({ ...one, at: clock() + (one.delay ?? 0) * SECOND });
    },
    send: async (mail: LetterMail): Promise<string> => {
      const id = o.service(mail);
      o.mails.push(mail);
      return id;
    },
    token: () => `token-${tokens++}`.padEnd(22, 'x'),
    apiUrl: 'https://api.example',
    /** A payer, with addresses if any; the unit it pays for. */
    owner: async (party: string, ...emails: string[]) => {
      const text = async (kind: string, value: string) => {
        const made = personalText(kind, value, NINE, deps.random, undefined);
        await doc.send(new PutCommand({ TableName: 'personal', Item: { ...personalItem(SITE, made) } }));
        return refOf(made);
      };
      const unit = party.replace('pty', 'unt');
      const card = {
        party,
        name: await text('name', `业主${party}`),
        language: 'zh-CN',
        emails: await Promise.all(emails.map(async (email) => ({ value: await text('email', email) }))),
        phones: [],
      };
      await publish({ ...payerKey(SITE, party), ...card });
      await publish({ ...unitIdKey(SITE, unit), unit, building: '1幢', number: party, kind: 'flat', payers: [] });
      return card;
    },
    opens: async (at: Instant, ...some: LetterRequest[]) =>
      (await openLetters(o, { site: SITE, at, by: 'system:test' }, some)).map(({ id }) => id),
    /** Gives the mailer what the queue lets go by now; answers how many must come again. */
    deliver: async (times = 1): Promise<number> => {
      const due = o.queue.filter(({ at }) => at <= clock());
      o.queue = o.queue.filter(({ at }) => at > clock());
      const Records = due.flatMap(({ at: _, delay: __, ...one }, i) =>
        Array.from({ length: times }, () => ({ messageId: `q${i}`, body: JSON.stringify(one) })),
      );
      return (await mailer(o)({ Records })).batchItemFailures.length;
    },
    /** The mail service tells of a letter. */
    tells: (letter: string, eventType: string, more: object = {}, accepted = clock()) =>
      onMailEvent({ ...o, clock })({
        detail: {
          eventType,
          mail: {
            timestamp: new Date(accepted).toISOString(),
            messageId: 'm0',
            tags: { site: [SITE], letter: [letter], 'ses:operation': ['SendEmail'] },
          },
          ...more,
        },
      }),
    delivered: (letter: string, accepted = clock()) =>
      o.tells(letter, 'Delivery', { delivery: { timestamp: new Date(clock()).toISOString() } }, accepted),
    bounced: (letter: string, bounceType = 'Permanent', recipients: object[] = [{}], bounceSubType = 'General') => {
      const bouncedRecipients = recipients.map((one) => ({ emailAddress: 'owner@example.com', ...one }));
      const timestamp = new Date(clock()).toISOString();
      return o.tells(letter, 'Bounce', { bounce: { timestamp, bounceType, bounceSubType, bouncedRecipients } });
    },
    /** The clock wakes a letter. */
    wakesUp: (letter: string) => wakeUp(letters, { site: SITE, id: letter, now: clock(), wake: letterWake(o) }),
    state: async (letter: string) => {
      const { state } = await letters.head(SITE, letter);
      if (!state) throw new Error(`no letter ${letter}`);
      return state;
    },
    events: async (letter: string) =>
      (await letters.history(SITE, letter)).map(({ name }) => name as LetterEvent['name']),
    /** Everything that happened to a letter is heard by whoever has to, for the first time or again. */
    hears: async (id: string, kind: 'letter' | 'runmail' = 'letter') => {
      const events = await (kind === 'letter' ? letters : runMails).history(SITE, id);
      for (const event of events) {
        for (const consumer of HEAR) {
          if (isFor(consumer, event)) await consumer.handle(event as never, o);
        }
      }
    },
  };
  return o;
};
export type Office = Awaited<ReturnType<typeof office>>;
