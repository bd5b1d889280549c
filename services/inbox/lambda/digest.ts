import { SQSClient } from '@aws-sdk/client-sqs';
import { required, wire } from '../../../shared/wiring.ts';
import { digest } from '../digest.ts';
import { digestsIn } from '../digest-store.ts';
import { enqueueTo } from '../queue.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = digest({
  ...wired,
  digests: digestsIn(inboxIn(wired.tables('inbox'))),
  enqueue: enqueueTo(new SQSClient({}), required('MAIL_QUEUE_URL')),
});
