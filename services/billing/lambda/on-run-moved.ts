import { SQSClient } from '@aws-sdk/client-sqs';
import { consume } from '../../../shared/consumer.ts';
import { enqueueTo } from '../../../shared/queue.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { onRunMoved } from '../runs/on-run-moved.ts';
import { runsIn } from '../runs/store.ts';

const tables = wire().tables('billing');
export const handler = consume(onRunMoved, {
  ...runsIn(tables),
  tell: enqueueTo(new SQSClient({}), required('RUN_QUEUE_URL')),
});
