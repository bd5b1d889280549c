import { SESClient } from '@aws-sdk/client-ses';
import { sendWith } from '../../../shared/aws/ses.ts';
import { timely } from '../../../shared/aws/timely.ts';
import { required, wire } from '../../../shared/aws/wiring.ts';
import { queue } from '../../../shared/lambda/queue.ts';
import { holderOf, reachOf } from '../../../shared/people/access.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { mailer } from '../mailer.ts';
import { namesIn } from '../names.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('inbox');
export const handler = queue(
  mailer({
    ...wired,
    inbox: inboxIn(tables),
    holder: ({ site, ...position }, staff) => holderOf(wired, site, position, staff),
    reach: (staff, at) => reachOf(wired, staff, at),
    names: namesIn({ ...wired, personal: personalReader(tables) }),
    send: sendWith(timely(new SESClient({})), required('MAIL_FROM')),
  }),
);
