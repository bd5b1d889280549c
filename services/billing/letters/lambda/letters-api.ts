import type { Aws } from '../../../../shared/aws/aws.ts';
import { evidenceItems } from '../../../../shared/journal/evidence.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { accountsIn } from '../../accounts/contract-store.ts';
import { feeNamesIn } from '../../fee-names.ts';
import { theirsIn } from '../../kept.ts';
import { type Deps as KeptDeps, keptRoutes } from '../../kept-api.ts';
import { type Deps, routes } from '../api.ts';
import { type Deps as MailDeps, routes as mailRoutes } from '../mail/mail-api.ts';
import { wireLetters } from '../read-store.ts';
import { payersIn, runMailsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wireLetters(aws);
  const { billing } = wired;
  return http<Deps & MailDeps & KeptDeps>([...routes, ...mailRoutes, ...keptRoutes], {
    ...wired,
    named: wired.namedWith(feeNamesIn(billing, wired.clock)),
    theirs: theirsIn(billing),
    accounts: accountsIn(billing, wired),
    payers: payersIn(billing),
    runMails: runMailsIn(billing),
    evidenceItems: evidenceItems(billing),
  });
};
