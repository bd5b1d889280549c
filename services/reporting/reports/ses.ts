import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import { refusedOr } from '../../../shared/aws/ses.ts';
import type { Email } from '../../../shared/paper/mail.ts';

export interface ReportMail extends Email {
  to: string;
  pdf: { name: string; bytes: Uint8Array };
}

/** Sends one mail with its PDF and says under which id it was taken. @throws MailRefused */
export type SendReport = (mail: ReportMail) => Promise<string>;

/** @param from the sender, an identity of SES, the only one the function may use */
export const sendReportsWith =
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
      throw refusedOr(error);
    }
  };
