import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { EventEntry } from '../gateway/services.ts';
import type { Kept } from '../kept.ts';
import type { Deployment } from '../model.ts';
import { closeServer } from './api.ts';
import { feedbackOf } from './feedback.ts';
import { bare, type Mail, type MailOutcome, outcomeAt, recipientsOf, worstOf } from './mail.ts';
import { parseMessage } from './message.ts';

// Required rather than imported, so that server and store are one instance whoever loads this file.
const require = createRequire(import.meta.url);
const { default: startPage } = require('aws-ses-v2-local') as typeof import('aws-ses-v2-local');
const { clearStore, saveEmail } =
  require('aws-ses-v2-local/dist/store.js') as typeof import('aws-ses-v2-local/dist/store.js');

/** SES's limit per message. */
const MOST_RECIPIENTS = 50;

/** Says what becomes of a mail, for all its recipients; undefined leaves it to their addresses. */
export type DecideOutcome = (mail: Mail) => MailOutcome | undefined;

export interface Mailbox {
  /** The page where people read the mail. */
  url: string;
  /**
   * Takes a SendEmail or SendRawEmail form.
   * @throws AwsError MessageRejected for an unverified sender, ConfigurationSetDoesNotExist, InvalidParameterValue
   */
  send(form: URLSearchParams): Promise<{ messageId: string }>;
  list(): Mail[];
  /** From now on mails fare as it says. */
  decide(outcome: DecideOutcome): void;
  /** Takes up what an earlier process still had to tell. */
  resume(): void;
  stop(): Promise<void>;
}

export interface MailboxOptions {
  port: number;
  deployment: Pick<Deployment, 'account' | 'region' | 'senders' | 'configurationSets'>;
  clock: Clock;
  kept: Kept;
  /** Hands what SES tells about a mail to the bus. */
  publish(entry: EventEntry): void;
}

/** Something to tell about a mail, kept until it is told. */
interface Pending {
  due: number;
  entry: EventEntry;
}

export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const { clock, kept, deployment } = options;
  const mails = kept.all<Mail>('mail').map(({ value }) => value);
  let decide: DecideOutcome = () => undefined;
  // The page's store belongs to the process, not to a server.
  clearStore();
  for (const mail of mails) show(mail);
  const server = await startPage({ port: options.port, host: '127.0.0.1' });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;

  function tell(key: string, { due, entry }: Pending): void {
    const now = () => {
      options.publish(entry);
      kept.drop('feedback', key);
    };
    if (due <= clock.now()) now();
    else clock.at(due, 'feedback about a mail', now);
  }

  /** What there will be to tell about a mail: to each destination of its configuration set what that asked for. */
  function pendingOf(mail: Mail, fates: Map<string, MailOutcome>, identity: string, action: string) {
    const set = setOf(deployment, mail.configurationSet);
    if (!set) return [];
    const feedback = feedbackOf(mail, fates, { ...deployment, identity, action });
    return set.destinations.flatMap((events) => feedback.filter(({ event }) => events.includes(event)));
  }

  return {
    url: `http://localhost:${port}`,
    async send(form) {
      const message = await parseMessage(form);
      const identity = identityOf(deployment, message.from);
      setOf(deployment, message.configurationSet);
      const recipients = recipientsOf(message);
      if (recipients.length === 0) throw new AwsError('InvalidParameterValue', 'Missing final recipients');
      if (recipients.length > MOST_RECIPIENTS)
        throw new AwsError('InvalidParameterValue', 'Recipient count exceeds 50.');
      const mail: Mail = {
        id: randomUUID(),
        ...message,
        at: clock.now(),
        outcome: worstOf(recipients.map(outcomeAt)),
      };
      const decided = decide(mail);
      if (decided) mail.outcome = decided;
      const fates = new Map(recipients.map((recipient) => [recipient, decided ?? outcomeAt(recipient)]));
      const pending = pendingOf(mail, fates, identity, form.get('Action') ?? '').map(({ due, entry }, index) => {
        return { key: `${mail.id} ${index}`, due, entry };
      });
      // Kept before the mail is: one that is there is also told of, whenever this process dies.
      for (const { key, ...one } of pending) kept.put('feedback', key, one satisfies Pending);
      mails.push(mail);
      kept.put('mail', mail.id, mail);
      show(mail);
      for (const { key, ...one } of pending) tell(key, one);
      return { messageId: mail.id };
    },
    list: () => [...mails],
    decide(outcome) {
      decide = outcome;
    },
    resume() {
      for (const { key, value } of kept.all<Pending>('feedback')) tell(key, value);
    },
    stop: () => closeServer(server),
  };
}

/** The verified identity that lets an address send. */
function identityOf({ senders, region }: MailboxOptions['deployment'], from: string): string {
  const address = bare(from).toLowerCase();
  const domain = address.split('@').at(-1)!;
  const identity = senders.find((one) => one === address || one === domain || domain.endsWith(`.${one}`));
  if (identity !== undefined) return identity;
  const which = `The following identities failed the check in region ${region.toUpperCase()}: ${address}`;
  throw new AwsError('MessageRejected', `Email address is not verified. ${which}`);
}

function setOf({ configurationSets }: MailboxOptions['deployment'], name: string | undefined) {
  const set = configurationSets.find((one) => one.name === name);
  if (name !== undefined && !set)
    throw new AwsError('ConfigurationSetDoesNotExist', `Configuration set <${name}> does not exist.`);
  return set;
}

function show(mail: Mail): void {
  saveEmail({
    messageId: mail.id,
    from: mail.from,
    replyTo: mail.headers['reply-to'] ? [mail.headers['reply-to']] : [],
    destination: { to: mail.to, cc: mail.cc, bcc: mail.bcc },
    subject: mail.outcome === 'delivered' ? mail.subject : `[${mail.outcome}] ${mail.subject}`,
    body: { text: mail.text, html: mail.html },
    attachments: mail.attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content,
      size: Buffer.byteLength(content, 'base64'),
    })),
    headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
    at: Math.floor(mail.at / 1000),
  });
}
