import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewEvent } from '../../shared/domain/events.ts';
import { statesOf } from '../../shared/domain/machine.ts';
import { execute } from '../../shared/journal/execute.ts';
import { memoryTables } from '../../shared/memory-tables/tables.ts';
import { accessKey } from '../../shared/people/access.ts';
import type { Role } from '../../shared/people/positions.ts';
import { contextAt } from '../../shared/policy/policy-context.ts';
import { apiCaller } from '../../shared/testing/api-caller.ts';
import { dryRunOver, holdsToActions, type Sendable } from '../../shared/testing/dry-run.ts';
import { OTHERS, SITE, siteInMemory } from '../../shared/testing/site.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { routes } from './api.ts';
import { type Complaint, TRANSITIONS } from './complaint.ts';
import { callbackReached } from './decide.ts';
import type { ComplaintEvent } from './events.ts';
import { complaintsIn, complaintsTable } from './store.ts';
import { registration } from './testing.ts';

const NINE = Date.UTC(2026, 4, 1, 1);
const ID = 'cmp_1';
const STAFF: Record<string, { role: Role; department?: string }> = {
  li: { role: 'agent' },
  zhao: { role: 'supervisor' },
  sun: { role: 'supervisor' },
  qian: { role: 'centre-manager' },
  tang: { role: 'site-director' },
  chen: { role: 'department-head', department: 'engineering' },
  gu: { role: 'department-head', department: 'finance' },
  lin: { role: 'administrator' },
};
const PEOPLE = [...Object.keys(STAFF), 'he', 'bai'];
const wrong = { nonsense: true };

const commandsOn = (conduct: boolean): Sendable[] => [
  { do: 'judge', body: () => ({ valid: true }), wrong: { valid: false } },
  { do: 'judge', body: () => ({ valid: false, reason: 'no-fact', explanation: '查无此事' }) },
  { do: 'second-look', body: () => ({ agree: false, explanation: '再看' }), wrong },
  { do: 'second-look', body: () => ({ agree: true, explanation: '同意' }) },
  { do: 'assign', body: () => ({ department: 'engineering' }), wrong: { department: 'nowhere' } },
  // The desk records the word of whoever heads the department; a head gives their own.
  { do: 'accept', body: (who) => (who === 'li' ? { spokenBy: 'chen' } : {}), wrong },
  {
    do: 'investigate',
    body: () => ({ findings: '水管', ...(conduct ? { upheld: false } : {}) }),
    wrong: { findings: '' },
  },
  { do: 'resolve', body: () => ({ result: '修好了' }), wrong },
  { do: 'give-up', body: () => ({ reason: '没有配件' }), wrong },
  { do: 'decide', body: () => ({ decision: '外请' }), wrong },
  { do: 'important', body: () => ({ reason: '重大' }), wrong },
  { do: 'sign', body: () => ({ feedback: '已办' }), wrong },
];

const lived = async (kind: 'noise' | 'attitude', choices: readonly number[]) => {
  const run = dryRunOver(memoryTables(complaintsTable, ...OTHERS));
  const w = await siteInMemory(complaintsTable, STAFF, NINE, run.doc);
  await w.setPolicy({}, 0);
  for (const [staff, role] of [
    ['he', 'group-manager'],
    ['bai', 'quality-manager'],
  ])
    await w.publish({
      ...accessKey(staff as string),
      staff,
      active: true,
      language: 'en',
      grants: [{ site: '*', role }],
    });
  const complaints = complaintsIn(w.tables);
  const call = apiCaller(routes, { ...w.deps, complaints });
  const context = await contextAt(w.deps.policies, SITE, NINE);
  const about = kind === 'noise' ? {} : { kind, about: { staff: 'gu', alone: [{ role: 'supervisor' as const }] } };
  const records = (decide: (state: Complaint | undefined) => NewEvent<ComplaintEvent>[]) =>
    execute(complaints, { site: SITE, id: ID, now: w.now, by: 'li', decide });
  await records(() => [registration(w.now, context, about)]);
  const path = `/sites/${SITE}/complaints/${ID}`;
  const commands = commandsOn(kind === 'attitude');
  const states: string[] = [];
  for (const choice of choices) {
    w.now += (choice % 40) * HOUR;
    const { state } = await complaints.head(SITE, ID);
    states.push(state?.status ?? '');
    const open = await holdsToActions(call, { run, path, people: PEOPLE, commands });
    const rating = (choice % 5) + 1;
    const result = {
      callback: 'cbk_1',
      ordinal: state?.resolutions ?? 0,
      calledBy: 'wu',
      rating,
      opinions: choice % 2,
    };
    if (state?.status === 'resolved')
      await records((now) => callbackReached({ state: now, now: w.now, context }, result) as never);
    const ways = [...new Set(open.map(({ command }) => command))].filter(({ do: does }) => does !== 'important');
    const command = ways[choice % Math.max(1, ways.length)];
    const { who } = open.filter((one) => one.command === command)[0] ?? {};
    if (who && command) await call(who, `POST ${path}/${command.do}`, command.body(who));
  }
  return states;
};

test('what can be done to a complaint, and why not, is what the API takes and refuses, in whatever state and from whomever', async () => {
  const reached = new Set<string>();
  const life = fc.tuple(
    fc.constantFrom('noise' as const, 'attitude' as const),
    fc.array(fc.nat(10_000), { minLength: 9, maxLength: 12 }),
  );
  await fc.assert(
    fc.asyncProperty(life, async ([kind, choices]) => {
      for (const state of await lived(kind, choices)) reached.add(state);
    }),
    { numRuns: 10, seed: 20_261_130 },
  );
  expect([...reached].sort()).toEqual(statesOf(TRANSITIONS).sort());
});
