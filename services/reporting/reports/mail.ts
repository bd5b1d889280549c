import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import { errorName } from '../../../shared/log.ts';
import type { Email } from '../../../shared/paper/mail.ts';

export interface Posted extends Email {
  to: string;
  pdf: { name: string; bytes: Uint8Array };
}

/** The mail service will never take this mail for this address. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}

/** Sends one mail with its PDF and says under which id it was taken. @throws MailRefused */
export type SendReport = (mail: Posted) => Promise<string>;

/** SES codes that say no to this address or mail for good; anything else is tried again. */
const REFUSED = new Set(['MessageRejected', 'InvalidParameterValue']);

/** @param from the sender, an identity of SES, the only one the function may use */
export const sendWith =
  (client: SESClient, from: string): SendReport =>
  async ({ to, subject, text, html, pdf }) => {
    const attachment = { filename: pdf.name, content: Buffer.from(pdf.bytes), contentType: 'application/pdf' };
    const raw = await new MailComposer({ from, to, subject, text, html, attachments: [attachment] }).compile().build();
    try {
      const { MessageId } = await client.send(
        new SendRawEmailCommand({ Source: from, Destinations: [to], RawMessage: { Data: raw } }),
      );
      return MessageId ?? '';
    } catch (error) {
      throw REFUSED.has(errorName(error)) ? new MailRefused(errorName(error), { cause: error }) : error;
    }
  };
