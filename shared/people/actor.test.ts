import { expect, test } from 'vitest';
import type { Grant } from './access.ts';
import { actorAt } from './actor.ts';
import { isOneOf } from './positions.ts';

test('only the head of a department is its head, and only at that site, whatever other positions they hold', () => {
  const grants: Grant[] = [
    { site: 'lakeside', role: 'agent', department: 'finance' },
    { site: 'lakeside', role: 'department-head', department: 'cleaning' },
    { site: 'westgate', role: 'department-head', department: 'finance' },
  ];
  const at = (site: string) => actorAt({ staff: 'chen', active: true, language: 'en', grants }, site);
  expect(at('lakeside')).toEqual({ staff: 'chen', roles: ['agent', 'department-head'], departments: ['cleaning'] });
  expect(['lakeside', 'westgate'].map((site) => isOneOf(['finance-head'], at(site)))).toEqual([false, true]);
});
