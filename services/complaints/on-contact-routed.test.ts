import { expect, test } from 'vitest';
import { personalTable } from '../../shared/aws/table.ts';
import type { Recorded } from '../../shared/domain/events.ts';
import { memoryTables } from '../../shared/memory-tables/tables.ts';
import type { Position } from '../../shared/people/positions.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import type { contactRouted } from '../intake/events.ts';
import { onContactRouted, type RosterOf } from './on-contact-routed.ts';
import { complaintsIn, complaintsTable } from './store.ts';

const SITE = { site: 'lakeside', name: '湖滨', timeZone: 'Asia/Shanghai', departments: [] };
const policies = {
  site: async () => SITE,
  since: async () => [{ version: 0, effective: 0, values: DEFAULT_POLICY }],
} as unknown as Policies;

/** What the complaint owes by whom, that the desk routed about a colleague; and how often the roster was read. */
const registered = async (roster: Record<string, Awaited<ReturnType<RosterOf>>>, staff?: string) => {
  const complaints = complaintsIn({ doc: memoryTables(complaintsTable, personalTable), own: 'complaints' });
  let reads = 0;
  const data = {
    as: 'complaint',
    kind: staff ? 'attitude' : 'noise',
    department: 'engineering',
    words: { ref: 'txt_1', hash: 'h' },
    ...(staff ? { about: { staff, contact: 'con_0' } } : {}),
    anonymous: false,
    confidential: false,
    callable: true,
    receivedBy: 'li',
  };
  const event = { id: 'con_1.2', name: 'contact.routed', site: 'lakeside', aggregate: 'con_1', at: 5, by: 'li', data };
  await onContactRouted.handle(event as unknown as Recorded<typeof contactRouted>, {
    complaints,
    policies,
    roster: async (site: string, { role }: Position) => {
      reads += 1;
      return roster[`${site} ${role}`] ?? [];
    },
  });
  const [state] = (await complaints.list('lakeside', false, 1)).items.map((one) => one.state);
  return {
    owed: state?.owed.map(({ duty, position }) => `${duty} ${position.role}`),
    alone: state?.about?.alone,
    reads,
  };
};
const SUE = { staff: 'stf_sue' };
const MAX = { staff: 'stf_max' };

test('it is owed by the next above where the accused alone holds the position', async () => {
  const roster = { 'lakeside supervisor': [SUE], 'lakeside centre-manager': [MAX] };
  expect(await registered(roster, 'stf_sue')).toMatchObject({
    owed: ['judge centre-manager', 'close centre-manager'],
    alone: [{ role: 'supervisor' }],
  });
  for (const others of [{ 'lakeside supervisor': [SUE, MAX] }, { '* supervisor': [MAX] }]) {
    const { owed, alone } = await registered({ ...roster, ...others }, 'stf_sue');
    expect([owed, alone]).toEqual([['judge supervisor', 'close supervisor'], undefined]);
  }
});

test('a deputy for some days is nobody who would owe it in their place', async () => {
  const deputy = { staff: 'stf_bob', standsIn: [{ for: 'stf_sue', from: 0, until: 10 }] };
  const roster = { 'lakeside supervisor': [SUE, deputy], 'lakeside centre-manager': [MAX] };
  expect(await registered(roster, 'stf_sue')).toMatchObject({ alone: [{ role: 'supervisor' }] });
});

test('of heads it is each department’s own', async () => {
  const head = (staff: string, department: string) => ({ staff, department });
  const heads = [head('stf_sue', 'engineering'), head('stf_sue', 'cleaning'), head('stf_max', 'cleaning')];
  expect((await registered({ 'lakeside department-head': heads }, 'stf_sue')).alone).toEqual([
    { role: 'department-head', department: 'engineering' },
  ]);
});

test('where nobody is accused nothing is read for it', async () => {
  expect(await registered({ 'lakeside supervisor': [SUE] })).toMatchObject({
    owed: ['judge supervisor', 'close supervisor'],
    reads: 0,
  });
});
