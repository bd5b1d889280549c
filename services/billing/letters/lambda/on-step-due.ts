import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onStepDue } from '../on-step-due.ts';
import { lettersIn, payersIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry, policies } = wired;
  const directory = { doc, registry };
  return bus(onStepDue, {
    letters: lettersIn(tables),
    accounts: accountsIn(tables, { ...directory, policies }),
    payers: payersIn(tables),
    directory,
    policies,
    enqueue: enqueueTo(
      aws.client(SQSClient, () => new SQSClient({})),
      aws.required('LETTER_QUEUE_URL'),
    ),
  });
};
