import { expect, test } from 'vitest';
import type { NewEvent, Recorded } from '../../shared/domain/events.ts';
import { execute } from '../../shared/journal/execute.ts';
import { memoryTables } from '../../shared/memory-tables/tables.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import type { callbackOpinionsSettled } from '../callbacks/events.ts';
import { type Complaint, openOpinions } from './complaint.ts';
import { owe } from './duties.ts';
import type { ComplaintEvent } from './events.ts';
import { onCallbackResult } from './on-callback-result.ts';
import { complaintsIn, complaintsTable } from './store.ts';
import { registration, WORDS } from './testing.ts';

const NOW = Date.UTC(2026, 4, 1, 2);
const CONTEXT = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
const policies = {
  site: async () => ({ site: 'sit_1', name: 'one', timeZone: CONTEXT.zone, departments: [] }),
  version: async () => ({ version: 0, effective: 0, values: DEFAULT_POLICY }),
} as unknown as Policies;

const registered = registration(NOW, CONTEXT);
const resolved = (ordinal: number): NewEvent<ComplaintEvent> => ({
  name: 'complaint.resolved',
  data: {
    ordinal,
    result: WORDS,
    department: 'engineering',
    anonymous: false,
    concealed: false,
    callable: true,
    notBy: [],
    policy: 0,
  },
});
const calledBack = (ordinal: number, opinions: number): NewEvent<ComplaintEvent> => ({
  name: 'complaint.called-back',
  data: {
    ordinal,
    callback: `cbk_1-${ordinal}`,
    calledBy: 'wu',
    rating: 4,
    opinions,
    opens: [owe('sign', NOW, CONTEXT)],
  },
});

const settled = (ordinal: number): Recorded<typeof callbackOpinionsSettled> => ({
  id: `cbk_1-${ordinal}.4`,
  name: 'callback.opinions-settled',
  site: 'sit_1',
  aggregate: `cbk_1-${ordinal}`,
  version: 4,
  at: NOW,
  by: 'chen',
  data: { complaint: 'cmp_1', ordinal },
});

const complaintWith = async (...events: NewEvent<ComplaintEvent>[]) => {
  const complaints = complaintsIn({ doc: memoryTables(complaintsTable), own: 'complaints' });
  const idempotencyKey = { scope: 'begin', body: '' };
  await execute(complaints, {
    site: 'sit_1',
    id: 'cmp_1',
    now: NOW,
    by: 'li',
    idempotencyKey,
    decide: () => ({ events }),
  });
  const opinions = async () => openOpinions((await complaints.head('sit_1', 'cmp_1')).state as Complaint);
  return { hears: (ordinal: number) => onCallbackResult.handle(settled(ordinal), { complaints, policies }), opinions };
};

const reopened = (ordinal: number, opinions: number): NewEvent<ComplaintEvent> => ({
  name: 'complaint.reopened',
  data: { ordinal, callback: `cbk_1-${ordinal}`, opinions, opens: [owe('close', NOW, CONTEXT)] },
});

test('a callback settles the opinions it heard, not those of another', async () => {
  const { hears, opinions } = await complaintWith(registered, resolved(1), resolved(2), calledBack(2, 2));
  await hears(1);
  expect(await opinions()).toBe(2);
  await hears(2);
  expect(await opinions()).toBe(0);
});

test('opinions heard in a callback that reopened it have to be settled all the same', async () => {
  const heard = await complaintWith(registered, resolved(1), reopened(1, 1), resolved(2), calledBack(2, 0));
  expect(await heard.opinions()).toBe(1);
  await heard.hears(1);
  expect(await heard.opinions()).toBe(0);
});

test('they may settle while a later answer waits for its callback', async () => {
  const { hears, opinions } = await complaintWith(registered, resolved(1), reopened(1, 1), resolved(2));
  await hears(1);
  expect(await opinions()).toBe(0);
});

test('opinions settled before the result they follow has arrived come again', async () => {
  const { hears } = await complaintWith(registered, resolved(1));
  await expect(hears(1)).rejects.toThrow('came before');
});
