import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../shared/aws/queue.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { holders } from '../../../shared/people/access.ts';
import { onNotice } from '../on-notice.ts';
import { inboxIn } from '../store.ts';
import { waitsIn } from '../waits-store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('inbox');
  return bus(onNotice, {
    ...wired,
    inbox: inboxIn(tables),
    waits: waitsIn(tables),
    roster: (site, position) => holders(wired, site, position, wired.clock()),
    enqueue: enqueueTo(
      aws.client(SQSClient, () => new SQSClient({})),
      aws.required('MAIL_QUEUE_URL'),
    ),
  });
};
