import { beforeEach, describe, expect, test } from 'vitest';
import { derivedId } from '../../../shared/ids.ts';
import { evolve } from '../../../shared/journal/execute.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { unitIdKey } from '../../../shared/units.ts';
import { billingTable } from '../store.ts';
import { accountId } from './account.ts';
import { charge, type Happenings, type Situation } from './decide.ts';
import { onFeeComplaint } from './on-fee-complaint.ts';
import { accountsIn, disputed } from './store.ts';
import { at, bill, GROUND } from './testing.ts';
import { release } from './two-people.ts';

const NOW = at('2026-11-12');
const COMPLAINT = 'cmp_1';
const PLACE = { unit: 'unt_1', building: 'A' };

/** A unit whose payer owes a bill, and what complaints about its fee do. */
const billed = async () => {
  const site = await siteInMemory(billingTable, {}, NOW);
  const accounts = accountsIn(site.tables, site.deps.policies);
  const { policies, directory } = site.deps;
  const actor = { staff: 'system:test', roles: [], departments: [] };
  const does = (party: string, decide: (on: Situation) => Happenings) =>
    evolve(accounts, {
      site: SITE,
      id: accountId('unt_1', party),
      now: NOW,
      by: 'test',
      decide: (state) => {
        const made = decide({ state, actor, now: NOW, ground: GROUND });
        return made instanceof Error ? [] : made;
      },
    });
  const b = {
    charged: (party: string) => does(party, (on) => charge(on, { ...PLACE, party, bills: [bill(100)] })),
    withdrawn: () => does('pty_owner', (on) => release(on, derivedId('hold', COMPLAINT), 'withdrawn')),
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
  const payers = [{ party: 'pty_owner' }];
  await site.publish({ ...unitIdKey(SITE, 'unt_1'), ...PLACE, number: '101', kind: 'flat', payers });
  await b.charged('pty_owner');
  return b;
};

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
    expect(await b.noted()).toHaveLength(1);
    await b.hears('complaint.closed');
    expect(await b.holds('pty_owner')).toEqual([]);
    expect(await b.noted()).toEqual([]);
  });

  test('that ends after its hold was withdrawn leaves nothing behind', async () => {
    await b.hears('complaint.registered');
    await b.withdrawn();
    expect(await b.noted()).toHaveLength(1);
    await b.hears('complaint.found-not-valid');
    expect(await b.noted()).toEqual([]);
  });

  test('by a payer of before holds their own account alone', async () => {
    await b.charged('pty_seller');
    await b.hears('complaint.registered', 'pty_seller');
    expect(await b.holds('pty_seller')).toMatchObject(dispute);
    expect(await b.holds('pty_owner')).toEqual([]);
  });
});
