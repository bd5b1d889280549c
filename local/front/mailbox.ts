import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import PostalMime, { type Address } from 'postal-mime';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { Kept } from '../kept.ts';
import { closeServer } from './api.ts';

// Required rather than imported, so that server and store are one instance whoever loads this file.
const require = createRequire(import.meta.url);
const { default: startPage } = require('aws-ses-v2-local') as typeof import('aws-ses-v2-local');
const { clearStore, saveEmail } =
  require('aws-ses-v2-local/dist/store.js') as typeof import('aws-ses-v2-local/dist/store.js');

/** SES's limit per message. */
const MOST_RECIPIENTS = 50;

/** What became of a mail; decided by the addresses of the AWS mailbox simulator. */
export type MailOutcome = 'delivered' | 'bounced' | 'complained' | 'suppressed';

export interface Mail {
  id: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  text?: string;
  html?: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  attachments: { name: string; type: string; content: string }[];
  /** Clock time, ms. */
  at: number;
  outcome: MailOutcome;
}

export interface Mailbox {
  /** The page where people read the mail. */
  url: string;
  /** Takes a SendEmail or SendRawEmail form. @throws AwsError MessageRejected for an unverified sender */
  send(form: URLSearchParams): Promise<{ messageId: string }>;
  list(): Mail[];
  stop(): Promise<void>;
}

export interface MailboxOptions {
  port: number;
  /** Verified addresses and domains. */
  senders: string[];
  region: string;
  clock: Clock;
  kept: Kept;
}

type Content = Pick<Mail, 'from' | 'to' | 'cc' | 'bcc' | 'subject' | 'text' | 'html' | 'headers' | 'attachments'>;

export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const mails = options.kept.all<Mail>('mail').map(({ value }) => value);
  // The page's store belongs to the process, not to a server.
  clearStore();
  for (const mail of mails) show(mail);
  const server = await startPage({ port: options.port, host: '127.0.0.1' });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;

  function verify(from: string): void {
    const address = bare(from);
    const domain = address.split('@').at(-1)!;
    if (options.senders.some((sender) => sender === address || sender === domain || domain.endsWith(`.${sender}`)))
      return;
    const which = `The following identities failed the check in region ${options.region.toUpperCase()}: ${address}`;
    throw new AwsError('MessageRejected', `Email address is not verified. ${which}`);
  }

  return {
    url: `http://localhost:${port}`,
    async send(form) {
      const content = form.get('Action') === 'SendRawEmail' ? await parseRaw(form) : parseForm(form);
      verify(content.from);
      const recipients = [...content.to, ...content.cc, ...content.bcc];
      if (recipients.length === 0) throw new AwsError('InvalidParameterValue', 'Missing final recipients');
      if (recipients.length > MOST_RECIPIENTS)
        throw new AwsError('InvalidParameterValue', 'Recipient count exceeds 50.');
      const mail: Mail = {
        id: randomUUID(),
        ...content,
        at: options.clock.now(),
        outcome: outcomeOf(recipients),
      };
      mails.push(mail);
      options.kept.put('mail', mail.id, mail);
      show(mail);
      return { messageId: mail.id };
    },
    list: () => [...mails],
    stop: () => closeServer(server),
  };
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

function parseForm(form: URLSearchParams): Content {
  const members = (prefix: string) =>
    [...form].filter(([key]) => key.startsWith(`${prefix}.member.`)).map(([, v]) => v);
  const [text, html] = [form.get('Message.Body.Text.Data'), form.get('Message.Body.Html.Data')];
  if (text === null && html === null) throw new AwsError('InvalidParameterValue', 'Missing message body');
  const replyTo = members('ReplyToAddresses');
  return {
    from: form.get('Source') ?? '',
    to: members('Destination.ToAddresses'),
    cc: members('Destination.CcAddresses'),
    bcc: members('Destination.BccAddresses'),
    subject: form.get('Message.Subject.Data') ?? '',
    ...(text === null ? {} : { text }),
    ...(html === null ? {} : { html }),
    headers: replyTo.length > 0 ? { 'reply-to': replyTo.join(', ') } : {},
    attachments: [],
  };
}

async function parseRaw(form: URLSearchParams): Promise<Content> {
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'base64' });
  const list = (addresses: Address[] = []) => addresses.flatMap((one) => one.address ?? []);
  const destinations = [...form].filter(([key]) => key.startsWith('Destinations.member.')).map(([, value]) => value);
  const to = list(mail.to);
  return {
    from: mail.from?.address ?? form.get('Source') ?? '',
    to: to.length > 0 ? to : destinations,
    cc: list(mail.cc),
    bcc: list(mail.bcc),
    subject: mail.subject ?? '',
    ...(mail.text === undefined ? {} : { text: mail.text }),
    ...(mail.html === undefined ? {} : { html: mail.html }),
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key.toLowerCase(), value])),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? 'attachment',
      type: mimeType,
      content: String(content),
    })),
  };
}

/** Source: SES developer guide, mailbox simulator. */
function outcomeOf(recipients: string[]): MailOutcome {
  const simulated = recipients
    .map(bare)
    .filter((address) => address.endsWith('@simulator.amazonses.com'))
    .map((address) => address.split(/[@+]/)[0]);
  if (simulated.includes('bounce')) return 'bounced';
  if (simulated.includes('suppressionlist')) return 'suppressed';
  return simulated.includes('complaint') ? 'complained' : 'delivered';
}

function bare(address: string): string {
  return (/<([^>]+)>/.exec(address)?.[1] ?? address).trim().toLowerCase();
}
