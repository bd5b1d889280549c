import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { timely } from '../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../shared/lambda/schedule.ts';
import { type DueReport, dueReports } from '../due.ts';
import { reportsIn } from '../store.ts';

const wired = wire();
export const handler = schedule(
  dueReports({
    ...wired,
    reports: reportsIn(wired.tables('reports')),
    enqueue: enqueueTo<DueReport>(timely(new SQSClient({})), required('REPORT_QUEUE_URL')),
  }),
);
