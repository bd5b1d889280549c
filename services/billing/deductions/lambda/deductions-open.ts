import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../shared/lambda/schedule.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { openDue } from '../open-due.ts';
import { openBatches } from '../open-store.ts';
import { deductionsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry, clock, policies } = wired;
  const tables = wired.tables('billing');
  const deps = { deductions: deductionsIn(tables), accounts: accountsIn(tables, { doc, registry, policies }) };
  return schedule(openDue({ clock, policies, open: (opening) => openBatches(deps, opening) }));
};
