import { required, tableVariable, wire } from '../../../shared/aws/wiring.ts';
import { forgettingsIn } from '../../../shared/forgetting/forgetting.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onErasure } from '../on-erasure.ts';
import { callbacksIn } from '../store.ts';

const { doc, clock, tables: tablesOf } = wire();
const tables = tablesOf('callbacks');
export const handler = shell(
  consume(onErasure, {
    doc,
    clock,
    callbacks: callbacksIn(tables),
    forgettings: forgettingsIn(tables),
    personal: required(tableVariable('personal')),
  }),
);
