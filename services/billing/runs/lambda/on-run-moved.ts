import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onRunMoved } from '../on-run-moved.ts';
import { runsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const tables = wire(aws).tables('billing');
  return bus(onRunMoved, {
    ...runsIn(tables),
    enqueueWork: enqueueTo(
      aws.client(SQSClient, () => new SQSClient({})),
      aws.required('RUN_QUEUE_URL'),
    ),
  });
};
