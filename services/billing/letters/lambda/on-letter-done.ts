import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { timely } from '../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onLetterDone } from '../on-letter-done.ts';
import { lettersIn, payersIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, policies } = wired;
export const handler = bus(onLetterDone, {
  letters: lettersIn(tables),
  accounts: accountsIn(tables, { doc, registry, policies }),
  payers: payersIn(tables),
  directory: { doc, registry },
  policies,
  enqueue: enqueueTo(timely(new SQSClient({})), required('LETTER_QUEUE_URL')),
});
