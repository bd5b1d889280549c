import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { tableVariable, wire } from '../../../../shared/aws/wiring.ts';
import { queue } from '../../../../shared/lambda/queue.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { openLetters, type ToMail } from '../../letters/contract.ts';
import { lettersIn, payersIn } from '../../letters/contract-store.ts';
import { feesIn } from '../../tariffs/contract-store.ts';
import { RUN_ACTOR } from '../bills.ts';
import { runsIn } from '../store.ts';
import { worker } from '../worker.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry, clock, random, policies } = wired;
  const directory = { doc, registry };
  const sqs = aws.client(SQSClient, () => new SQSClient({}));
  const letters = {
    letters: lettersIn(tables),
    payers: payersIn(tables),
    directory,
    policies,
    enqueue: enqueueTo<ToMail>(sqs, aws.required('LETTER_QUEUE_URL')),
  };
  return queue(
    worker({
      ...runsIn(tables),
      clock,
      random,
      policies,
      directory,
      personal: aws.required(tableVariable('personal')),
      accounts: accountsIn(tables, { ...directory, policies }),
      fees: feesIn(tables),
      notify: (site, at, wanted, cards) => openLetters(letters, { site, at, by: RUN_ACTOR.staff }, wanted, cards),
      enqueueWork: enqueueTo(sqs, aws.required('RUN_QUEUE_URL')),
    }),
  );
};
