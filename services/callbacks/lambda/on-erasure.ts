import { required, tableVariable, wire } from '../../../shared/aws/wiring.ts';
import { forgettingsIn } from '../../../shared/forgetting/forgetting.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onErasure } from '../on-erasure.ts';
import { callbacksIn } from '../store.ts';

const { doc, clock, tables: tablesOf } = wire();
const tables = tablesOf('callbacks');
export const handler = bus(onErasure, {
  doc,
  clock,
  callbacks: callbacksIn(tables),
  forgettings: forgettingsIn(tables),
  personal: required(tableVariable('personal')),
});
