import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../../shared/aws/aws.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../../shared/lambda/schedule.ts';
import { sendTo } from '../../rebuild-queue.ts';
import { rebuildsIn } from '../../rebuild-store.ts';
import { startNight } from '../start.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return schedule(
    startNight({
      ...wired,
      rebuilds: rebuildsIn(wired.tables('reporting')),
      send: sendTo(
        aws.client(SQSClient, () => new SQSClient({})),
        aws.required('REBUILD_QUEUE_URL'),
      ),
    }),
  );
};
