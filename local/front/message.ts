/** The forms of SES's SendEmail and SendRawEmail, read. */
import PostalMime, { type Address } from 'postal-mime';
import { AwsError } from '../aws-error.ts';
import type { Mail } from './mail.ts';

/** What the sender says of a mail. */
export type Message = Omit<Mail, 'id' | 'at' | 'outcome'>;

/** Names and values alike. Source: SES API, MessageTag. */
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** @throws AwsError InvalidParameterValue */
export async function parseMessage(form: URLSearchParams): Promise<Message> {
  const content = form.get('Action') === 'SendRawEmail' ? await parseRawForm(form) : parseForm(form);
  const configurationSet = form.get('ConfigurationSetName');
  return { ...content, tags: parseTags(form), ...(configurationSet ? { configurationSet } : {}) };
}

type Content = Omit<Message, 'tags' | 'configurationSet'>;

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

function parseRawForm(form: URLSearchParams): Promise<Content> {
  const destinations = [...form].filter(([key]) => key.startsWith('Destinations.member.')).map(([, value]) => value);
  return parseRaw(Buffer.from(form.get('RawMessage.Data') ?? '', 'base64'), form.get('Source') ?? '', destinations);
}

/** A mail in MIME. @throws AwsError InvalidParameterValue for instructions to SES in its headers */
export async function parseRaw(raw: Uint8Array, source = '', destinations: readonly string[] = []): Promise<Content> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'base64' });
  const list = (addresses: Address[] = []) => addresses.flatMap((one) => one.address ?? []);
  const to = list(mail.to);
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key.toLowerCase(), value]));
  // SES would obey them, IAM included; here the form says it, or nobody.
  const instruction = Object.keys(headers).find((name) => /^x-ses-(configuration-set|message-tags)$/.test(name));
  if (instruction) throw new AwsError('InvalidParameterValue', `The local cloud does not read ${instruction}`);
  return {
    from: mail.from?.address ?? source,
    to: to.length > 0 ? to : [...destinations],
    cc: list(mail.cc),
    bcc: list(mail.bcc),
    subject: mail.subject ?? '',
    ...(mail.text === undefined ? {} : { text: mail.text }),
    ...(mail.html === undefined ? {} : { html: mail.html }),
    headers,
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? 'attachment',
      type: mimeType,
      content: String(content),
    })),
  };
}

function parseTags(form: URLSearchParams): Record<string, string> {
  const pairs: [string, string][] = [];
  for (let n = 1; form.has(`Tags.member.${n}.Name`) || form.has(`Tags.member.${n}.Value`); n++)
    pairs.push([form.get(`Tags.member.${n}.Name`) ?? '', form.get(`Tags.member.${n}.Value`) ?? '']);
  return tagsOf(pairs);
}

/** The tags of a mail. @throws AwsError for one that SES doesn't take */
export function tagsOf(pairs: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  const tags = new Map<string, string>();
  for (const [name, value] of pairs) {
    const wrong = TAG.test(name) ? (TAG.test(value) ? undefined : 'value') : 'name';
    if (wrong) {
      const rule = '1 to 256 ASCII letters, digits, underscores or dashes';
      throw new AwsError('InvalidParameterValue', `Invalid tag ${wrong} <${wrong === 'name' ? name : value}>: ${rule}`);
    }
    if (tags.has(name)) throw new AwsError('InvalidParameterValue', `Duplicate tag name <${name}>`);
    tags.set(name, value);
  }
  return Object.fromEntries(tags);
}
