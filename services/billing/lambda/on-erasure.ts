import { required, tableVariable, wire } from '../../../shared/aws/wiring.ts';
import { forgettingsIn } from '../../../shared/forgetting/forgetting.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { theirsIn } from '../kept.ts';
import { onErasure } from '../on-erasure.ts';

const { doc, clock, tables: tablesOf } = wire();
const tables = tablesOf('billing');
export const handler = bus(onErasure, {
  doc,
  clock,
  journals: theirsIn(tables),
  forgettings: forgettingsIn(tables),
  personal: required(tableVariable('personal')),
});
