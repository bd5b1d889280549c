import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueInOrder } from '../../../../shared/aws/queue.ts';
import { timely } from '../../../../shared/aws/timely.ts';
import { required } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onPayment } from '../on-payment.ts';

export const handler = bus(onPayment, {
  enqueue: enqueueInOrder(timely(new SQSClient({})), required('RECEIPT_QUEUE_URL')),
});
