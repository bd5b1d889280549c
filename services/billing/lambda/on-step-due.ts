import { SQSClient } from '@aws-sdk/client-sqs';
import { consume } from '../../../shared/consumer.ts';
import { enqueueTo } from '../../../shared/queue.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onStepDue } from '../letters/on-step-due.ts';
import { lettersIn, payersIn } from '../letters/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, policies } = wired;
const directory = { doc, registry };
export const handler = consume(onStepDue, {
  letters: lettersIn(tables),
  accounts: accountsIn(tables, { ...directory, policies }),
  payers: payersIn(tables),
  directory,
  policies,
  enqueue: enqueueTo(new SQSClient({}), required('LETTER_QUEUE_URL')),
});
