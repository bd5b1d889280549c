import { payerIds } from '../../../shared/directory/payer.ts';
import type { Directory } from '../../../shared/directory/units.ts';
import { executeTogether } from '../../../shared/journal/together.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { localDay } from '../../../shared/time/clock.ts';
import { sumFen } from '../../../shared/values/money.ts';
import { type Account, accountId } from './account.ts';
import type { Accounts } from './aggregate.ts';
import { moveCredit } from './credit.ts';
import type { AccountEvent } from './events.ts';
import type { Cover } from './ladder/wake.ts';
import { overdue } from './ledger/debts.ts';
import { ledgerOf } from './ledger/ledger.ts';
import { accountsOfPayer } from './payer-store.ts';

const CLOCK = { staff: 'system:clock', roles: [], departments: [] };

/** What is overdue on a day, with its late charges (fen). */
const overdueFen = (state: Account, now: Instant, { zone }: PolicyContext): number =>
  sumFen(overdue(state, localDay(now, zone)).map(({ openFen, lateFen }) => openFen + lateFen));

/**
 * Nobody is reminded of what they have paid in advance, on whichever account: what is overdue on one is paid from what is
 * prepaid on others of the payer. Looked at only when a step would act, so that it costs nothing before.
 */
export const coverOverdue =
  (accounts: Accounts, directory: Directory): Cover =>
  async (site, state, now, context) => {
    const id = accountId(state.unit, state.party);
    const ids = await payerIds(directory, site, state.party);
    const others = (await accountsOfPayer(accounts, site, ids)).filter((one) => one !== id);
    if (others.length === 0) return;
    let need = overdueFen(state, now, context);
    const credits = (await accounts.heads(site, others))
      .map((head) => ({ ...head, fen: head.state?.creditFen ?? 0 }))
      .sort((a, b) => b.fen - a.fen);
    // What covers a part only stays where it is: the rest would be reminded of all the same.
    if (sumFen(credits.map(({ fen }) => fen)) < need) return;
    for (const { id: other, fen: there, version } of credits) {
      if (need === 0 || there === 0) continue;
      const ledger = ledgerOf(await accounts.whole(site, other));
      const { all } = await executeTogether<Account, AccountEvent>(accounts, {
        site,
        ids: [other, id],
        now,
        by: CLOCK.staff,
        idempotencyKey: { scope: `${CLOCK.staff}#cover#${id}#${other}.${version}`, body: '' },
        decide: ([from, to]) => {
          if (!from?.state || !to?.state) return [[], []];
          const fen = Math.min(from.state.creditFen, overdueFen(to.state, now, context));
          const on = { actor: CLOCK, now, context };
          return fen === 0 ? [[], []] : moveCredit({ ...on, ...from }, { ...on, ...to }, { fen, ids }, ledger);
        },
      });
      need = all[1]?.state ? overdueFen(all[1].state, now, context) : 0;
    }
  };
