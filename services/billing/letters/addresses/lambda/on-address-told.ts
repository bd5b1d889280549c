import type { Aws } from '../../../../../shared/aws/aws.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { bus } from '../../../../../shared/lambda/bus.ts';
import { payersIn } from '../../store.ts';
import { onAddressTold } from '../on-address-told.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { policies } = wired;
  return bus(onAddressTold, { payers: payersIn(wired.tables('billing')), policies });
};
