import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { routes } from '../accounts/api.ts';
import { accountsIn } from '../accounts/store.ts';

const wired = wire();
const tables = wired.tables('billing');
export const handler = serve(routes, { ...wired, accounts: accountsIn(tables), personal: personalReader(tables) });
