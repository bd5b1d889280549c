import { beforeEach, describe, expect, test } from 'vitest';
import { evolve } from '../../../shared/journal/execute.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { unitIdKey } from '../../../shared/units.ts';
import { billingTable } from '../store.ts';
import { accountId } from './account.ts';
import { charge } from './decide.ts';
import { onFeeComplaint } from './on-fee-complaint.ts';
import { accountsIn, disputed } from './store.ts';
import { at, bill, GROUND } from './testing.ts';

const NOW = at('2026-11-12');
const COMPLAINT = 'cmp_1';

/** A unit whose payer owes a bill, and what complaints about its fee do. */
const billed = async () => {
  const site = await siteInMemory(billingTable, {}, NOW);
  const accounts = accountsIn(site.tables);
  const { policies, directory } = site.deps;
  const actor = { staff: 'system:test', roles: [], departments: [] };
  const b = {
    accounts,
    charged: (party: string) =>
      evolve(accounts, {
        site: SITE,
        id: accountId('unt_1', party),
        now: NOW,
        by: 'test',
        decide: (state) => {
          const made = charge({ state, actor, now: NOW, ground: GROUND }, { ...FACTS, party, bills: [bill(100)] });
          return made instanceof Error ? [] : made;
        },
      }),
    /** What happens to a complaint, heard twice. */
    hears: async (name: string, party?: string) => {
      const data = { kind: 'fees', unit: 'unt_1', ...(party === undefined ? {} : { party }) };
      const event = { id: `${COMPLAINT}.${name}`, name, site: SITE, aggregate: COMPLAINT, at: NOW, by: 'li', data };
      for (let i = 0; i < 2; i++) await onFeeComplaint.handle(event as never, { accounts, policies, directory });
    },
    holds: async (party: string) =>
      Object.values((await accounts.head(SITE, accountId('unt_1', party))).state?.holds ?? {}),
    noted: () => disputed(accounts, SITE, COMPLAINT),
  };
  const place = { unit: 'unt_1', building: 'A', number: '101', kind: 'flat', payers: [{ party: 'pty_owner' }] };
  await site.publish({ ...unitIdKey(SITE, 'unt_1'), ...place });
  await b.charged('pty_owner');
  return b;
};
const FACTS = { unit: 'unt_1', building: 'A' };

describe('a complaint about a fee', () => {
  let b: Awaited<ReturnType<typeof billed>>;
  beforeEach(async () => {
    b = await billed();
  });
  const dispute = [{ kind: 'dispute', complaint: COMPLAINT }];

  test.each([
    ['the payer', 'pty_owner'],
    ['somebody who does not pay, a tenant or a spouse', 'pty_tenant'],
    ['nobody known', undefined],
  ])('by %s holds the account that would be dunned, until it is closed', async (_, party) => {
    await b.hears('complaint.registered', party);
    expect(await b.holds('pty_owner')).toMatchObject(dispute);
    await b.hears('complaint.closed');
    expect(await b.holds('pty_owner')).toEqual([]);
  });

  test('by a payer of before holds their own account alone', async () => {
    await b.charged('pty_seller');
    await b.hears('complaint.registered', 'pty_seller');
    expect(await b.holds('pty_seller')).toMatchObject(dispute);
    expect(await b.holds('pty_owner')).toEqual([]);
  });
});
