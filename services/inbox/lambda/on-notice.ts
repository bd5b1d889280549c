import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../shared/aws/queue.ts';
import { timely } from '../../../shared/aws/timely.ts';
import { required, wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { holders } from '../../../shared/people/access.ts';
import { onNotice } from '../on-notice.ts';
import { inboxIn } from '../store.ts';
import { waitsIn } from '../waits-store.ts';

const wired = wire();
const tables = wired.tables('inbox');
export const handler = bus(onNotice, {
  ...wired,
  inbox: inboxIn(tables),
  waits: waitsIn(tables),
  roster: (site, position) => holders(wired, site, position),
  enqueue: enqueueTo(timely(new SQSClient({})), required('MAIL_QUEUE_URL')),
});
