import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { enqueueInOrder } from '../../../../shared/aws/queue.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onPayment } from '../on-payment.ts';

export const entry = (aws: Aws) => {
  return bus(onPayment, {
    enqueue: enqueueInOrder(
      aws.client(SQSClient, () => new SQSClient({})),
      aws.required('RECEIPT_QUEUE_URL'),
    ),
  });
};
