import { SQSClient } from '@aws-sdk/client-sqs';
import { holders } from '../../../shared/access.ts';
import { consume } from '../../../shared/consumer.ts';
import { enqueueTo } from '../../../shared/queue.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { onNotice } from '../on-notice.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = consume(onNotice, {
  ...wired,
  inbox: inboxIn(wired.tables('inbox')),
  roster: (site, post) => holders(wired, site, post),
  enqueue: enqueueTo(new SQSClient({}), required('MAIL_QUEUE_URL')),
});
