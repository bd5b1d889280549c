import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { timely } from '../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onRunMoved } from '../on-run-moved.ts';
import { runsIn } from '../store.ts';

const tables = wire().tables('billing');
export const handler = bus(onRunMoved, {
  ...runsIn(tables),
  enqueueWork: enqueueTo(timely(new SQSClient({})), required('RUN_QUEUE_URL')),
});
