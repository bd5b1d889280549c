import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueInOrder } from '../../../../shared/aws/queue.ts';
import { required } from '../../../../shared/aws/wiring.ts';
import { consume } from '../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { onPayment } from '../on-payment.ts';

export const handler = shell(
  consume(onPayment, {
    enqueue: enqueueInOrder(new SQSClient({}), required('RECEIPT_QUEUE_URL')),
  }),
);
