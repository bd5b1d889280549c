import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../shared/aws/queue.ts';
import { timely } from '../../../shared/aws/timely.ts';
import { required, wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { digest } from '../digest.ts';
import { digestsIn } from '../digest-store.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = schedule(
  digest({
    ...wired,
    digests: digestsIn(inboxIn(wired.tables('inbox'))),
    enqueue: enqueueTo(timely(new SQSClient({})), required('MAIL_QUEUE_URL')),
  }),
);
