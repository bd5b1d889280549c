import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onSettled } from '../on-settled.ts';
import { lettersIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
export const handler = bus(onSettled, {
  letters: lettersIn(tables),
  accounts: accountsIn(tables, wired),
  directory: { doc: wired.doc, registry: wired.registry },
});
