import { SQSClient } from '@aws-sdk/client-sqs';
import { consume } from '../../../shared/consumer.ts';
import { enqueueTo } from '../../../shared/queue.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { onMailDecided } from '../letters/on-mail-decided.ts';
import { lettersIn } from '../letters/store.ts';

export const handler = consume(onMailDecided, {
  letters: lettersIn(wire().tables('billing')),
  enqueue: enqueueTo(new SQSClient({}), required('LETTER_QUEUE_URL')),
});
