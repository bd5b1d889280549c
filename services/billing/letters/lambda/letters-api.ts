import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { evidenceItems } from '../../../../shared/journal/evidence.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { theirsIn } from '../../kept.ts';
import { type Deps as KeptDeps, keptRoutes } from '../../kept-api.ts';
import { feesIn } from '../../tariffs/contract-store.ts';
import { type Deps, routes } from '../api.ts';
import { type Deps as MailDeps, routes as mailRoutes } from '../mail/mail-api.ts';
import { namesFrom } from '../read-store.ts';
import { lettersIn, payersIn, runMailsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry, clock } = wired;
  return http<Deps & MailDeps & KeptDeps>([...routes, ...mailRoutes, ...keptRoutes], {
    ...wired,
    letters: lettersIn(tables),
    theirs: theirsIn(tables),
    accounts: accountsIn(tables, wired),
    payers: payersIn(tables),
    runMails: runMailsIn(tables),
    personal: personalReader(tables),
    evidenceItems: evidenceItems(tables),
    directory: { doc, registry },
    names: namesFrom(feesIn(tables), clock),
  });
};
