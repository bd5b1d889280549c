import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../shared/aws/queue.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { digest } from '../digest.ts';
import { digestsIn } from '../digest-store.ts';
import { inboxIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return schedule(
    digest({
      ...wired,
      digests: digestsIn(inboxIn(wired.tables('inbox'))),
      enqueue: enqueueTo(
        aws.client(SQSClient, () => new SQSClient({})),
        aws.required('MAIL_QUEUE_URL'),
      ),
    }),
  );
};
