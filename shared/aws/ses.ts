import { type SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { errorName } from '../lambda/log.ts';
import type { Email } from '../paper/mail.ts';

/** The mail service will never take this mail for this address. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}

/** SES codes that say no to this address or mail for good; anything else is tried again. */
const REFUSED = new Set(['MessageRejected', 'InvalidParameterValue']);

/** What to throw for what SES threw. */
export const refusedOr = (error: unknown): unknown =>
  REFUSED.has(errorName(error)) ? new MailRefused(errorName(error), { cause: error }) : error;

/** Sends one email and says under which id it was taken. @throws MailRefused for an address it will never take */
export type SendMail = (to: string, email: Email) => Promise<string>;

/** @param from the sender, an identity of SES, the only one the function may use */
export const sendWith =
  (client: SESClient, from: string): SendMail =>
  async (to, { subject, text, html }) => {
    const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          Source: from,
          Destination: { ToAddresses: [to] },
          Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
        }),
      );
      return MessageId ?? '';
    } catch (error) {
      throw refusedOr(error);
    }
  };
