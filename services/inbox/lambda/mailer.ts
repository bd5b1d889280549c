import { SESClient } from '@aws-sdk/client-ses';
import { holderOf } from '../../../shared/access.ts';
import { sendWith } from '../../../shared/ses.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { mailer } from '../mailer.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = mailer({
  ...wired,
  inbox: inboxIn(wired.tables('inbox')),
  holder: ({ site, ...post }, staff) => holderOf(wired, site, post, staff),
  send: sendWith(new SESClient({}), required('MAIL_FROM')),
});
