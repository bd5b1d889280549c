import { SQSClient } from '@aws-sdk/client-sqs';
import { consume } from '../../../shared/consumer.ts';
import { enqueueTo } from '../../../shared/queue.ts';
import { required, tableVariable, wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { feesIn } from '../fees/store.ts';
import { openLetters } from '../letters/open.ts';
import type { ToMail } from '../letters/queue.ts';
import { lettersIn, payersIn } from '../letters/store.ts';
import { onPayerChanged } from '../runs/on-payer-changed.ts';
import { PAYER_CHANGED } from '../runs/resplit.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, policies, chance } = wired;
const directory = { doc, registry };
const letters = {
  letters: lettersIn(tables),
  payers: payersIn(tables),
  directory,
  policies,
  enqueue: enqueueTo<ToMail>(new SQSClient({}), required('LETTER_QUEUE_URL')),
};
export const handler = consume(onPayerChanged, {
  accounts: accountsIn(tables, { ...directory, policies }),
  fees: feesIn(tables),
  directory,
  policies,
  chance,
  personal: required(tableVariable('personal')),
  notify: (site, at, wanted) => openLetters(letters, { site, at, by: PAYER_CHANGED }, wanted),
});
