import { expect } from 'vitest';
import type { UnitEntry } from '../../../shared/directory/units.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { accountId } from '../accounts/account.ts';
import { pay } from '../accounts/decide.ts';
import { balances, ledgerDifference } from '../accounts/ledger/ledger.ts';
import { RUN_ACTOR } from './bills.ts';
import { onPayerChanged } from './on-payer-changed.ts';
import type { siteWithFees } from './testing.ts';

/** A unit of a site that changes hands, and how its accounts stand then. */
export const saleOf = (site: Awaited<ReturnType<typeof siteWithFees>>, unit: UnitEntry) => {
  let heard = 0;
  /** Billing hears that somebody else pays. */
  const hears = (over: Partial<Parameters<typeof onPayerChanged.handle>[1]> = {}) =>
    onPayerChanged.handle(
      {
        id: `${unit.unit}.${++heard}`,
        name: 'unit.party-linked',
        site: SITE,
        aggregate: unit.unit,
        version: heard,
        at: site.now,
        by: 'li',
        data: { party: 'pty_b', relation: 'owner', payer: true },
      },
      { ...site.working, ...over },
    );
  return {
    hears,
    /** The registry's timeline of the unit is this from now on, and billing hears of it. */
    async changes(...payers: UnitEntry['payers']) {
      await site.put({ ...unit, payers });
      await hears();
    },
    async stands(party: string) {
      const { account, ledger } = await site.account(unit.unit, party);
      if (!account) return undefined;
      expect(ledgerDifference(account, ledger.entries)).toBe(0);
      const { openFen, creditFen } = balances(ledger.entries);
      return { open: openFen, prepaid: creditFen, closedOn: account.closedOn };
    },
    async pays(party: string, fen: number) {
      const context = await contextAt(site.deps.policies, SITE, site.now);
      const payment = `pay_${++heard}`;
      await execute(site.accounts, {
        site: SITE,
        id: accountId(unit.unit, party),
        now: site.now,
        by: 'li',
        idempotencyKey: { scope: payment, body: '' },
        decide: (state) => {
          const events = pay({ state, actor: RUN_ACTOR, now: site.now, context }, { payment, method: 'cash', fen });
          return events instanceof Refusal ? events : { events };
        },
      });
    },
  };
};
