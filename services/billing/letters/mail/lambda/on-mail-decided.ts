import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../../../shared/aws/queue.ts';
import { timely } from '../../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../../shared/aws/wiring.ts';
import { bus } from '../../../../../shared/lambda/bus.ts';
import { lettersIn } from '../../store.ts';
import { onMailDecided } from '../on-mail-decided.ts';

export const handler = bus(onMailDecided, {
  letters: lettersIn(wire().tables('billing')),
  enqueue: enqueueTo(timely(new SQSClient({})), required('LETTER_QUEUE_URL')),
});
