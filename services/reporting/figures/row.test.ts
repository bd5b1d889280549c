import { expect, test } from 'vitest';
import type { Actor } from '../../../shared/people/access.ts';
import type { Facts } from './measures/facts.ts';
import type { FamilyName } from './measures/measure.ts';
import { asSeenBy, everyOutcome } from './row.ts';

const row = (family: FamilyName, facts: Facts) => ({ key: { site: 'sit_1', family, root: 'c1' }, version: 1, facts });
const reader = (role: Actor['roles'][number], staff = 'li', ...more: Actor['roles']): Actor => ({
  staff,
  roles: [role, ...more],
  departments: [],
});
const taken = { day: '2026-05-01', takenBy: 'wang' };
const upheld = row('handled', { ...taken, upheld: { cmp_1: true } });
const heard = row('handled', { ...taken, heard: { cmp_1: 'zhao' } });
const stateFor = (one: ReturnType<typeof row>, actor: Actor) =>
  everyOutcome(asSeenBy(one, actor)).find(({ measure }) => measure === 'Q1')?.state;

test('a contact that conduct was upheld against is missed for those above the desk', () => {
  for (const role of ['supervisor', 'centre-manager', 'quality-manager'] as const) {
    expect([stateFor(upheld, reader(role)), stateFor(heard, reader(role))], role).toEqual(['missed', 'missed']);
  }
});

test('whoever took it, the accused, the desk and departments read it as any other', () => {
  const kept: Actor[] = [
    reader('agent'),
    reader('department-head'),
    reader('administrator'),
    reader('supervisor', 'wang'),
    reader('centre-manager', 'li', 'department-head'),
  ];
  for (const actor of kept) expect(stateFor(upheld, actor), actor.roles.join()).toBe('met');
  expect(stateFor(heard, reader('supervisor', 'zhao'))).toBe('met');
  expect(asSeenBy(heard, reader('agent')).facts).toEqual(taken);
});

test('the unit of a complaint about conduct is read by those above the desk, but for the accused', () => {
  const complaint = row('complaint', { kind: 'shirking', unit: 'unt_1', accused: 'wang' });
  const unitFor = (one: typeof complaint, actor: Actor) => (asSeenBy(one, actor).facts as { unit?: string }).unit;
  expect(unitFor(complaint, reader('supervisor'))).toBe('unt_1');
  for (const actor of [reader('supervisor', 'wang'), reader('agent'), reader('department-head')]) {
    expect(unitFor(complaint, actor), actor.roles.join()).toBeUndefined();
  }
  const noise = row('complaint', { kind: 'noise', unit: 'unt_1' });
  expect(unitFor(noise, reader('department-head'))).toBe('unt_1');
});
