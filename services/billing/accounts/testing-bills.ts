import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { SITE, type siteInMemory } from '../../../shared/testing/site.ts';
import { accountId, type BillFacts } from './account.ts';
import type { Accounts } from './aggregate.ts';
import { charge } from './decide.ts';

const RUN = { staff: 'system:run', roles: [], departments: [] };

/** Bills are entered on the account of `pty_<n>` for `unt_<n>`, as a run does. @returns the account */
export const entersBills = async (
  site: Pick<Awaited<ReturnType<typeof siteInMemory>>, 'now' | 'deps'>,
  accounts: Accounts,
  n: number | string,
  ...bills: BillFacts[]
): Promise<string> => {
  const { now, deps } = site;
  const [unit, party] = [`unt_${n}`, `pty_${n}`];
  const id = accountId(unit, party);
  const context = await contextAt(deps.policies, SITE, now);
  await execute(accounts, {
    site: SITE,
    id,
    now,
    by: RUN.staff,
    idempotencyKey: { scope: `run-${n}-${bills.map(({ bill }) => bill).join()}`, body: '' },
    decide: (state) => {
      const events = charge({ state, actor: RUN, now, context }, { unit, party, building: 'A', bills });
      return events instanceof Refusal ? events : { events };
    },
  });
  return id;
};
