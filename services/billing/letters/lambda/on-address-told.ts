import { wire } from '../../../../shared/aws/wiring.ts';
import { consume } from '../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { onAddressTold } from '../on-address-told.ts';
import { payersIn } from '../store.ts';

const wired = wire();
const { policies } = wired;
export const handler = shell(consume(onAddressTold, { payers: payersIn(wired.tables('billing')), policies }));
