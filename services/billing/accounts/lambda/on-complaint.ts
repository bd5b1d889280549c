import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onComplaint } from '../on-complaint.ts';
import { accountsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry, policies } = wired;
  const accounts = accountsIn(wired.tables('billing'), { doc, registry, policies });
  return bus(onComplaint, { accounts, policies, directory: { doc, registry } });
};
