import { SFNClient } from '@aws-sdk/client-sfn';
import { startTimer, sweeper } from '../../../shared/timers.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { dunningWake } from '../dunning/wake.ts';
import { feesIn } from '../fees/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const dunning = startTimer(new SFNClient({}), required('MACHINE_ARN'));
export const handler = sweeper(
  [{ journal: accountsIn(tables), wake: dunningWake(wired.policies) }, { journal: feesIn(tables).exemptions }],
  {
    clock: wired.clock,
    duePartitions: tables.duePartitions,
    start: (type) => (type === 'account' ? dunning : undefined),
  },
);
