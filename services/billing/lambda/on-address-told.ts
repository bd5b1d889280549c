import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onAddressTold } from '../letters/on-address-told.ts';
import { payersIn } from '../letters/store.ts';

const wired = wire();
const { policies } = wired;
export const handler = consume(onAddressTold, { payers: payersIn(wired.tables('billing')), policies });
