import { SQSClient } from '@aws-sdk/client-sqs';
import { consume } from '../../../shared/consumer.ts';
import { enqueueInOrder } from '../../../shared/queue.ts';
import { required } from '../../../shared/wiring.ts';
import { onPayment } from '../receipts/on-payment.ts';

export const handler = consume(onPayment, {
  enqueue: enqueueInOrder(new SQSClient({}), required('RECEIPT_QUEUE_URL')),
});
