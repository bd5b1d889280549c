import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onAddressTold } from '../on-address-told.ts';
import { payersIn } from '../store.ts';

const wired = wire();
const { policies } = wired;
export const handler = bus(onAddressTold, { payers: payersIn(wired.tables('billing')), policies });
