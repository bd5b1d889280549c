import { evidenceIn } from '../../../shared/evidence.ts';
import { serve } from '../../../shared/http/serve.ts';
import { personalReader } from '../../../shared/personal.ts';
import { wire } from '../../../shared/wiring.ts';
import { accountsIn } from '../accounts/store.ts';
import { feesIn } from '../fees/store.ts';
import { theirsIn } from '../kept.ts';
import { type Deps as KeptDeps, keptRoutes } from '../kept-api.ts';
import { type Deps, routes } from '../letters/api.ts';
import { type Deps as MailDeps, routes as mailRoutes } from '../letters/mail-api.ts';
import { namesFrom } from '../letters/read-store.ts';
import { lettersIn, payersIn, runMailsIn } from '../letters/store.ts';

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry, clock } = wired;
export const handler = serve<Deps & MailDeps & KeptDeps>([...routes, ...mailRoutes, ...keptRoutes], {
  ...wired,
  letters: lettersIn(tables),
  theirs: theirsIn(tables),
  accounts: accountsIn(tables, wired),
  payers: payersIn(tables),
  runMails: runMailsIn(tables),
  personal: personalReader(tables),
  evidence: evidenceIn(tables),
  directory: { doc, registry },
  names: namesFrom(feesIn(tables), clock),
});
