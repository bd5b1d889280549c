import { expect, it } from 'vitest';
import type { Case, Item } from '../support/tables.ts';
import type { Subject } from './laws/law.ts';
import { LAWS } from './laws.ts';
import { inForceAt, policiesAmong } from './policies.ts';

const AT = Date.UTC(2027, 5, 1);
const values = { handOverMinutes: 15, acceptMinutes: 60, callbackHours: 48 };
const items = [
  { pk: '1', sk: 'e#a1', site: 'site-1', at: AT, data: { policies: [{ version: 1, effective: AT, values }] } },
] as Item[];

/** A contact that was answered and settled, under a version of its site's policy. */
const under = (policy: number): Case =>
  ({
    ...{ id: 'con_1', site: 'site-1', type: { type: 'contact' } },
    events: [
      { name: 'contact.received', at: AT, data: { policy, receivedAt: AT } },
      { name: 'contact.answered', at: AT, data: { answeredAt: AT, inTime: true } },
      { name: 'contact.settled', at: AT, data: {} },
    ],
  }) as unknown as Case;

it('has the defaults in force until a site has a policy of its own', () => {
  const policiesOf = policiesAmong(items);
  expect(inForceAt(policiesOf('site-1'), AT - 1)).toEqual([0, 0]);
  expect(inForceAt(policiesOf('site-1'), AT)).toEqual([1, 0]);
  expect(inForceAt(policiesOf('site-2'), AT)).toEqual([0, 0]);
});

it.each(['figures are what one counts by hand', 'a case begins under the policy in force'])(
  'judges no case under another policy than its own: %s',
  async (name) => {
    const { broken } = LAWS.find((law) => law.name === name)!;
    const of = async (policy: number) =>
      (await broken({ cases: [under(policy)], items, life: { sites: [] }, since: AT } as unknown as Subject)).join();
    expect(await of(1)).not.toContain('policy');
    expect(await of(7)).toMatch(/site-1: a case under policy 7|con_1: 7 isn't in force/);
  },
);
