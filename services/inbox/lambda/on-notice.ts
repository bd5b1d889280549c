import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../shared/aws/queue.ts';
import { required, wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { holders } from '../../../shared/people/access.ts';
import { onNotice } from '../on-notice.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = shell(
  consume(onNotice, {
    ...wired,
    inbox: inboxIn(wired.tables('inbox')),
    roster: (site, post) => holders(wired, site, post),
    enqueue: enqueueTo(new SQSClient({}), required('MAIL_QUEUE_URL')),
  }),
);
