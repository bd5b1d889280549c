import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { tableVariable, wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { openLetters, type ToMail } from '../../letters/contract.ts';
import { lettersIn, payersIn } from '../../letters/contract-store.ts';
import { feesIn } from '../../tariffs/contract-store.ts';
import { onPayerChanged } from '../on-payer-changed.ts';
import { PAYER_CHANGED } from '../resplit.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry, policies, random } = wired;
  const directory = { doc, registry };
  const letters = {
    letters: lettersIn(tables),
    payers: payersIn(tables),
    directory,
    policies,
    enqueue: enqueueTo<ToMail>(
      aws.client(SQSClient, () => new SQSClient({})),
      aws.required('LETTER_QUEUE_URL'),
    ),
  };
  return bus(onPayerChanged, {
    accounts: accountsIn(tables, { ...directory, policies }),
    fees: feesIn(tables),
    directory,
    policies,
    random,
    personal: aws.required(tableVariable('personal')),
    notify: (site, at, wanted) => openLetters(letters, { site, at, by: PAYER_CHANGED }, wanted),
  });
};
