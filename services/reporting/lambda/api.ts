import { SQSClient } from '@aws-sdk/client-sqs';
import { serve } from '../../../shared/http/serve.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { routes } from '../api.ts';
import { sendTo } from '../rebuild-queue.ts';
import { rebuildsIn } from '../rebuild-store.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
export const handler = serve(routes, {
  ...wired,
  reporting: reportingIn(tables),
  rebuilds: rebuildsIn(tables),
  send: sendTo(new SQSClient({}), required('REBUILD_QUEUE_URL')),
});
