import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onPartyChanged } from '../on-party-changed.ts';
import { payersIn } from '../store.ts';

const wired = wire();
const { doc, registry } = wired;
export const handler = bus(onPartyChanged, {
  payers: payersIn(wired.tables('billing')),
  directory: { doc, registry },
});
