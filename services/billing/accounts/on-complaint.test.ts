import { beforeEach, describe, expect, test } from 'vitest';
import { unitIdKey } from '../../../shared/directory/units.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { TRANSITIONS } from '../../complaints/complaint.ts';
import { billingTable } from '../store.ts';
import { accountId } from './account.ts';
import { charge, type NewEvents, type Situation } from './decide.ts';
import { onComplaint } from './on-complaint.ts';
import { accountsIn, disputed } from './store.ts';
import { at, bill, CONTEXT } from './testing.ts';
import { release } from './two-people.ts';

const NOW = at('2026-11-12');
const COMPLAINT = 'cmp_1';
const PLACE = { unit: 'unt_1', building: 'A' };

/** A unit whose payer owes a bill, and what complaints about its fee do. */
const billed = async () => {
  const site = await siteInMemory(billingTable, {}, NOW);
  const accounts = accountsIn(site.tables, site.deps);
  const { policies, directory } = site.deps;
  const actor = { staff: 'system:test', roles: [], departments: [] };
  const does = (party: string, decide: (on: Situation) => NewEvents) =>
    execute(accounts, {
      site: SITE,
      id: accountId('unt_1', party),
      now: NOW,
      by: 'test',
      decide: (state) => {
        const made = decide({ state, actor, now: NOW, context: CONTEXT });
        return made instanceof Error ? [] : made;
      },
    });
  const b = {
    charged: (party: string) => does(party, (on) => charge(on, { ...PLACE, party, bills: [bill(100)] })),
    withdrawn: () => does('pty_owner', (on) => release(on, derivedId('hold', COMPLAINT), 'withdrawn')),
    /** What happens to a complaint, heard twice. */
    hears: async (name: string, party?: string, more: object = {}) => {
      const data = { kind: 'fees', unit: 'unt_1', ...(party === undefined ? {} : { party }), ...more };
      const event = { id: `${COMPLAINT}.${name}`, name, site: SITE, aggregate: COMPLAINT, at: NOW, by: 'li', data };
      for (let i = 0; i < 2; i++) await onComplaint.handle(event as never, { accounts, policies, directory });
    },
    payers: (...parties: string[]) =>
      site.publish({
        ...unitIdKey(SITE, 'unt_1'),
        ...PLACE,
        number: '101',
        kind: 'flat',
        payers: parties.map((party) => ({ party })),
      }),
    /** That an account was opened, heard twice. */
    opened: async (party: string) => {
      const [event] = await accounts.whole(SITE, accountId('unt_1', party));
      for (let i = 0; i < 2; i++) await onComplaint.handle(event as never, { accounts, policies, directory });
    },
    complaints: async (party: string) => (await accounts.head(SITE, accountId('unt_1', party))).state?.complaints,
    events: async () => (await accounts.whole(SITE, accountId('unt_1', 'pty_owner'))).map(({ name }) => name),
    holds: async (party: string) =>
      Object.values((await accounts.head(SITE, accountId('unt_1', party))).state?.holds ?? {}),
    noted: async () => (await disputed(accounts, SITE, COMPLAINT)).accounts,
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

  test('that had ended before its registration was heard of holds nothing', async () => {
    await b.hears('complaint.closed');
    await b.hears('complaint.registered');
    expect(await b.holds('pty_owner')).toEqual([]);
    expect(await b.noted()).toEqual([]);
  });
});

describe('a complaint about the service', () => {
  const service = { kind: 'cleaning', anonymous: false, confidential: false };
  let b: Awaited<ReturnType<typeof billed>>;
  beforeEach(async () => {
    b = await billed();
  });

  test('is known to every account of its unit from when it is judged valid until it is closed, once', async () => {
    await b.charged('pty_seller');
    await b.hears('complaint.registered', 'pty_tenant', service);
    expect(await b.complaints('pty_owner')).toBeUndefined();
    await b.hears('complaint.assigned', undefined, service);
    expect(await b.complaints('pty_owner')).toEqual([COMPLAINT]);
    expect(await b.complaints('pty_seller')).toEqual([COMPLAINT]);
    expect(await b.holds('pty_owner')).toEqual([]);
    await b.hears('complaint.closed');
    expect(await b.complaints('pty_owner')).toBeUndefined();
    expect(await b.complaints('pty_seller')).toBeUndefined();
    expect(await b.noted()).toEqual([]);
    expect((await b.events()).filter((name) => name.startsWith('account.service'))).toEqual([
      'account.service-complained',
      'account.service-settled',
    ]);
  });

  test('is known to an account that is opened while it is open, and to none opened afterwards', async () => {
    await b.payers('pty_owner', 'pty_buyer', 'pty_heir');
    await b.hears('complaint.assigned', undefined, service);
    await b.charged('pty_buyer');
    await b.opened('pty_buyer');
    expect(await b.complaints('pty_buyer')).toEqual([COMPLAINT]);
    await b.hears('complaint.closed');
    await b.charged('pty_heir');
    await b.opened('pty_heir');
    expect(await b.complaints('pty_buyer')).toBeUndefined();
    expect(await b.complaints('pty_heir')).toBeUndefined();
    expect(await b.noted()).toEqual([]);
  });

  test.each(['complaint.closed', 'complaint.found-not-valid'])(
    '%s before it is assigned leaves no mark',
    async (over) => {
      await b.hears(over);
      await b.hears('complaint.assigned', undefined, service);
      expect(await b.complaints('pty_owner')).toBeUndefined();
      expect(await b.noted()).toEqual([]);
    },
  );

  test.each([
    ['about fees, which has its hold', { kind: 'fees' }],
    ['that is confidential', { confidential: true }],
    ['that is anonymous', { anonymous: true }],
    ['of no unit', { unit: undefined }],
  ])('%s marks nobody: that would say who complained', async (_, more) => {
    await b.hears('complaint.assigned', undefined, { ...service, ...more });
    expect((await b.events()).filter((name) => name.startsWith('account.service'))).toEqual([]);
  });

  test('never comes back once it has ended: no command leads out of the end', () => {
    expect(Object.values(TRANSITIONS).flatMap(({ from }) => from)).not.toContain('closed');
    expect(Object.values(TRANSITIONS).flatMap(({ from }) => from)).not.toContain('not-valid');
  });
});
