import { wire } from '../../../../shared/aws/wiring.ts';
import { consume } from '../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { onSettled } from '../on-settled.ts';
import { lettersIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('billing');
export const handler = shell(
  consume(onSettled, {
    letters: lettersIn(tables),
    accounts: accountsIn(tables, wired),
    directory: { doc: wired.doc, registry: wired.registry },
  }),
);
