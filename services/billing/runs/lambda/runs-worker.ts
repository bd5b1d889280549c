import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { timely } from '../../../../shared/aws/timely.ts';
import { required, tableVariable, wire } from '../../../../shared/aws/wiring.ts';
import { queue } from '../../../../shared/lambda/queue.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { openLetters, type ToMail } from '../../letters/contract.ts';
import { lettersIn, payersIn } from '../../letters/contract-store.ts';
import { feesIn } from '../../tariffs/contract-store.ts';
import { RUN_ACTOR } from '../bills.ts';
import { runsIn } from '../store.ts';
import { worker } from '../worker.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, clock, random, policies } = wired;
const directory = { doc, registry };
const sqs = timely(new SQSClient({}));
const letters = {
  letters: lettersIn(tables),
  payers: payersIn(tables),
  directory,
  policies,
  enqueue: enqueueTo<ToMail>(sqs, required('LETTER_QUEUE_URL')),
};
export const handler = queue(
  worker({
    ...runsIn(tables),
    clock,
    random,
    policies,
    directory,
    personal: required(tableVariable('personal')),
    accounts: accountsIn(tables, { ...directory, policies }),
    fees: feesIn(tables),
    notify: (site, at, wanted, cards) => openLetters(letters, { site, at, by: RUN_ACTOR.staff }, wanted, cards),
    enqueueWork: enqueueTo(sqs, required('RUN_QUEUE_URL')),
  }),
);
