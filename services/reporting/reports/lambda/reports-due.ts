import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../shared/lambda/schedule.ts';
import { type DueReport, dueReports } from '../due.ts';
import { reportsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return schedule(
    dueReports({
      ...wired,
      reports: reportsIn(wired.tables('reports')),
      enqueue: enqueueTo<DueReport>(
        aws.client(SQSClient, () => new SQSClient({})),
        aws.required('REPORT_QUEUE_URL'),
      ),
    }),
  );
};
