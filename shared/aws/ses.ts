import { type SESClient, SESServiceException, SendEmailCommand } from '@aws-sdk/client-ses';
import type { Email } from '../paper/mail.ts';

/** What the mail service said when it certainly did not take a mail: for now, for this address or mail for good, or for another reason. */
export class MailRefused extends Error {
  override name = 'MailRefused';
  readonly why: 'for-now' | 'address' | 'other';
  readonly code: string;
  constructor(why: MailRefused['why'], code: string, options?: ErrorOptions) {
    super(`the mail service refused: ${code}`, options);
    this.why = why;
    this.code = code;
  }
}

const FOR_NOW = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
  'AccountSendingPausedException',
  'ConfigurationSetSendingPausedException',
]);
const ADDRESS = new Set(['MessageRejected', 'InvalidParameterValue']);

/** An answer with a status of 4xx is a refusal; an answer with 5xx, or none, leaves it open whether the mail went out. */
export const refusalOf = (error: unknown): MailRefused | undefined => {
  if (!(error instanceof SESServiceException)) return undefined;
  const { name, $metadata } = error;
  const status = $metadata.httpStatusCode ?? 500;
  if (status < 400 || status >= 500) return undefined;
  const why = FOR_NOW.has(name) ? 'for-now' : ADDRESS.has(name) ? 'address' : 'other';
  return new MailRefused(why, name, { cause: error });
};

/** What whoever is tried again throws for what SES threw: a refusal for good, or the error, so that it comes again. */
export const refusedOr = (error: unknown): unknown => {
  const refusal = refusalOf(error);
  return refusal?.why === 'address' ? refusal : error;
};

/** How a mail is sent: by an identity of SES, the only one the function may use, and, where it shall be told, what tells what became of it. */
export interface Sending {
  from: string;
  configurationSet?: string;
  tags?: Record<string, string>;
}

/** Sends one email and says under which id it was taken. @throws what SES throws */
export const sendOne = async (
  client: SESClient,
  { from, configurationSet, tags = {} }: Sending,
  to: string,
  { subject, text, html }: Email,
): Promise<string> => {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  const { MessageId } = await client.send(
    new SendEmailCommand({
      Source: from,
      Destination: { ToAddresses: [to] },
      Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
      ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
      ...(Object.keys(tags).length === 0
        ? {}
        : { Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })) }),
    }),
  );
  return MessageId ?? '';
};

/** Sends one email and says under which id it was taken. @throws MailRefused for an address or mail it will never take */
export type SendMail = (to: string, email: Email) => Promise<string>;

/** For mailers that are tried again. */
export const sendWith =
  (client: SESClient, from: string): SendMail =>
  async (to, email) => {
    try {
      return await sendOne(client, { from }, to, email);
    } catch (error) {
      throw refusedOr(error);
    }
  };
