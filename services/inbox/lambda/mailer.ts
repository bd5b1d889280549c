import { SESClient } from '@aws-sdk/client-ses';
import { sendWith } from '../../../shared/aws/ses.ts';
import { required, wire } from '../../../shared/aws/wiring.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { holderOf } from '../../../shared/people/access.ts';
import { mailer } from '../mailer.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = shell(
  mailer({
    ...wired,
    inbox: inboxIn(wired.tables('inbox')),
    holder: ({ site, ...post }, staff) => holderOf(wired, site, post, staff),
    send: sendWith(new SESClient({}), required('MAIL_FROM')),
  }),
);
