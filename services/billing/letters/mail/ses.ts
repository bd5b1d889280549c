import type { SESClient } from '@aws-sdk/client-ses';
import { refusalOf, sendOne } from '../../../../shared/aws/ses.ts';
import type { Email } from '../../../../shared/paper/mail.ts';

export interface LetterMail extends Email {
  to: string;
  site: string;
  letter: string;
}
/**
 * Sends one letter and says under which id it was taken.
 * @throws MailRefused when it certainly was not taken; with anything else nobody knows
 */
export type SendLetter = (mail: LetterMail) => Promise<string>;

/**
 * @param client one that makes a single attempt: a repeated call may be a second mail
 * @param from the sender, an identity of SES
 * @param set the configuration set that tells what became of the mail
 */
export const sendLettersWith =
  (client: SESClient, { from, set }: { from: string; set: string }): SendLetter =>
  async ({ to, site, letter, ...email }) => {
    try {
      return await sendOne(client, { from, configurationSet: set, tags: { site, letter } }, to, email);
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  };
