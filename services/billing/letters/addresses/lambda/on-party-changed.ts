import type { Aws } from '../../../../../shared/aws/aws.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { bus } from '../../../../../shared/lambda/bus.ts';
import { payersIn } from '../../store.ts';
import { onPartyChanged } from '../on-party-changed.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { doc, registry } = wired;
  return bus(onPartyChanged, {
    payers: payersIn(wired.tables('billing')),
    directory: { doc, registry },
  });
};
