import { type SESClient, SESServiceException, SendEmailCommand } from '@aws-sdk/client-ses';
import type { Email } from '../../../../shared/paper/mail.ts';

/** What the mail service said when it certainly did not take a mail: for now, for this address, or for another reason. */
export class LetterRefused extends Error {
  override name = 'LetterRefused';
  readonly why: 'for-now' | 'address' | 'other';
  readonly code: string;
  constructor(why: LetterRefused['why'], code: string) {
    super(`the mail service refused: ${code}`);
    this.why = why;
    this.code = code;
  }
}

export interface LetterMail extends Email {
  to: string;
  site: string;
  letter: string;
}
/**
 * Sends one letter and says under which id it was taken.
 * @throws LetterRefused when it certainly was not taken; with anything else nobody knows
 */
export type SendLetter = (mail: LetterMail) => Promise<string>;

const FOR_NOW = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
  'AccountSendingPausedException',
  'ConfigurationSetSendingPausedException',
]);
const ADDRESS = new Set(['MessageRejected', 'InvalidParameterValue']);

/**
 * @param client one that makes a single attempt: a repeated call may be a second mail
 * @param from the sender, an identity of SES
 * @param set the configuration set that tells what became of the mail
 */
export const sendLettersWith =
  (client: SESClient, { from, set }: { from: string; set: string }): SendLetter =>
  async ({ to, subject, text, html, site, letter }) => {
    const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          Source: from,
          Destination: { ToAddresses: [to] },
          Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
          ConfigurationSetName: set,
          Tags: [
            { Name: 'site', Value: site },
            { Name: 'letter', Value: letter },
          ],
        }),
      );
      return MessageId ?? '';
    } catch (error) {
      throw refusal(error) ?? error;
    }
  };

/** An answer with a status of 4xx is a refusal; an answer with 5xx, or none, leaves it open whether the mail went out. */
const refusal = (error: unknown): LetterRefused | undefined => {
  if (!(error instanceof SESServiceException)) return undefined;
  const { name, $metadata } = error;
  const status = $metadata.httpStatusCode ?? 500;
  if (status < 400 || status >= 500) return undefined;
  return new LetterRefused(FOR_NOW.has(name) ? 'for-now' : ADDRESS.has(name) ? 'address' : 'other', name);
};
