import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onSettled } from '../letters/on-settled.ts';
import { lettersIn } from '../letters/store.ts';

const wired = wire();
const tables = wired.tables('billing');
export const handler = consume(onSettled, {
  letters: lettersIn(tables),
  accounts: accountsIn(tables, wired),
  directory: { doc: wired.doc, registry: wired.registry },
});
