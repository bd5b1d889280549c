import { SQSClient } from '@aws-sdk/client-sqs';
import { timely } from '../../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../../shared/lambda/schedule.ts';
import { sendTo } from '../../rebuild-queue.ts';
import { rebuildsIn } from '../../rebuild-store.ts';
import { startNight } from '../start.ts';

const wired = wire();
export const handler = schedule(
  startNight({
    ...wired,
    rebuilds: rebuildsIn(wired.tables('reporting')),
    send: sendTo(timely(new SQSClient({})), required('REBUILD_QUEUE_URL')),
  }),
);
