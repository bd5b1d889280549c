import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { enqueueTo } from '../../../shared/aws/queue.ts';
import { required, wire } from '../../../shared/aws/wiring.ts';
import { startTimer, sweeper } from '../../../shared/timers/timers.ts';
import { accountsIn } from '../accounts/store.ts';
import { cashDaysIn } from '../cash-days/store.ts';
import { deductionsIn } from '../deductions/store.ts';
import { lettersIn, payersIn, runMailsIn } from '../letters/store.ts';
import { letterWake } from '../letters/wake.ts';
import { invoicesIn } from '../receipts/store.ts';
import { runsIn } from '../runs/store.ts';
import { runWake } from '../runs/wake.ts';
import { slipsIn } from '../slips/store.ts';
import { remittancesIn } from '../statements/store.ts';
import { feesIn } from '../tariffs/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const dunning = startTimer(new SFNClient({}), required('MACHINE_ARN'));
const tell = enqueueTo(new SQSClient({}), required('RUN_QUEUE_URL'));
const enqueue = enqueueTo(new SQSClient({}), required('LETTER_QUEUE_URL'));
export const handler = sweeper(
  [
    { journal: accountsIn(tables, wired) },
    { journal: feesIn(tables).exemptions },
    { journal: runsIn(tables).runs, wake: runWake(tell) },
    { journal: lettersIn(tables), wake: letterWake({ policies: wired.policies, enqueue }) },
    { journal: payersIn(tables) },
    { journal: runMailsIn(tables) },
    { journal: slipsIn(tables) },
    { journal: deductionsIn(tables) },
    { journal: invoicesIn(tables) },
    { journal: remittancesIn(tables) },
    { journal: cashDaysIn(tables) },
  ],
  {
    clock: wired.clock,
    start: (type) => (type === 'account' ? dunning : undefined),
  },
);
