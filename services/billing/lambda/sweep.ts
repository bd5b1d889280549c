import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../shared/aws/queue.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { schedule } from '../../../shared/lambda/schedule.ts';
import { sweeper, wakeUpScheduler } from '../../../shared/timers/timers.ts';
import { accountsIn } from '../accounts/contract-store.ts';
import { cashDaysIn } from '../cash-days/contract-store.ts';
import { deductionsIn } from '../deductions/contract-store.ts';
import { letterWake } from '../letters/contract.ts';
import { lettersIn, payersIn, runMailsIn } from '../letters/contract-store.ts';
import { invoicesIn } from '../receipts/contract-store.ts';
import { runWake } from '../runs/contract.ts';
import { runsIn } from '../runs/contract-store.ts';
import { slipsIn } from '../slips/contract-store.ts';
import { remittancesIn } from '../statements/contract-store.ts';
import { feesIn } from '../tariffs/contract-store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const dunning = wakeUpScheduler(
    aws.client(SFNClient, () => new SFNClient({})),
    aws.required('MACHINE_ARN'),
  );
  const enqueueWork = enqueueTo(
    aws.client(SQSClient, () => new SQSClient({})),
    aws.required('RUN_QUEUE_URL'),
  );
  const enqueue = enqueueTo(
    aws.client(SQSClient, () => new SQSClient({})),
    aws.required('LETTER_QUEUE_URL'),
  );
  return schedule(
    sweeper(
      aws,
      [
        { journal: accountsIn(tables, wired) },
        { journal: feesIn(tables).exemptions },
        { journal: runsIn(tables).runs, wake: runWake(enqueueWork) },
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
        start: (type) => (type === 'account' ? dunning : undefined),
      },
    ),
  );
};
