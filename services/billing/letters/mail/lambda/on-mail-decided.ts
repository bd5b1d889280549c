import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../../../shared/aws/queue.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { bus } from '../../../../../shared/lambda/bus.ts';
import { lettersIn } from '../../store.ts';
import { onMailDecided } from '../on-mail-decided.ts';

export const entry = (aws: Aws) => {
  return bus(onMailDecided, {
    letters: lettersIn(wire(aws).tables('billing')),
    enqueue: enqueueTo(
      aws.client(SQSClient, () => new SQSClient({})),
      aws.required('LETTER_QUEUE_URL'),
    ),
  });
};
