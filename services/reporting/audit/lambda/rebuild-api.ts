import { SQSClient } from '@aws-sdk/client-sqs';
import { timely } from '../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { rebuildRoutes } from '../rebuild-api.ts';
import { sendTo } from '../rebuild-queue.ts';
import { rebuildsIn } from '../rebuild-store.ts';

const wired = wire();
const counters = wired.tables('reporting');
export const handler = http(rebuildRoutes, {
  ...wired,
  rebuilds: rebuildsIn(counters),
  counters,
  send: sendTo(timely(new SQSClient({})), required('REBUILD_QUEUE_URL')),
});
