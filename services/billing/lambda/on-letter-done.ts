import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { onLetterDone } from '../letters/on-letter-done.ts';
import { lettersIn } from '../letters/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, policies } = wired;
export const handler = consume(onLetterDone, {
  letters: lettersIn(tables),
  accounts: accountsIn(tables, { doc, registry, policies }),
  policies,
});
