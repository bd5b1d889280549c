import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../shared/queue.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { dueReports, type Wanted } from '../reports/due.ts';
import { reportsIn } from '../reports/store.ts';

const wired = wire();
export const handler = dueReports({
  ...wired,
  reports: reportsIn(wired.tables('reports')),
  enqueue: enqueueTo<Wanted>(new SQSClient({}), required('REPORT_QUEUE_URL')),
});
