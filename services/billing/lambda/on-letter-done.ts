import { SQSClient } from '@aws-sdk/client-sqs';
import { consume } from '../../../shared/consumer.ts';
import { enqueueTo } from '../../../shared/queue.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onLetterDone } from '../letters/on-letter-done.ts';
import { lettersIn, payersIn } from '../letters/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, policies } = wired;
export const handler = consume(onLetterDone, {
  letters: lettersIn(tables),
  accounts: accountsIn(tables, { doc, registry, policies }),
  payers: payersIn(tables),
  directory: { doc, registry },
  policies,
  enqueue: enqueueTo(new SQSClient({}), required('LETTER_QUEUE_URL')),
});
