import { expect, test } from 'vitest';
import { notNamed } from '../../shared/directory/named.ts';
import { world } from './testing.ts';

test('units, parties and staff named elsewhere are known at their own site alone; whoever left stays known', async () => {
  const w = world();
  await w.lakeside();
  await w.admin('POST /sites', { id: 'westgate', name: 'Westgate', timeZone: 'America/New_York', departments: [] });
  const ann = await w.hire('ann', { site: 'lakeside', role: 'agent' });
  const unit = await w.admin('POST /sites/lakeside/units', { building: 'A', number: '1', area: 80 });
  const party = await w.admin('POST /sites/lakeside/parties', { name: '测试甲', contacts: [] });
  const unknown = async (site: string) => {
    const named = [
      { is: 'unit', id: unit.id, field: 'unit' },
      { is: 'party', id: party.id, field: 'party' },
      { is: 'staff', id: ann.id, field: 'staff' },
    ] as const;
    const refused = await notNamed({ doc: w.doc, registry: 'registry' }, site, named);
    return refused?.fields.map(({ field }) => field);
  };
  const known = [await unknown('lakeside'), await unknown('westgate')];
  expect(known).toEqual([undefined, ['unit', 'party', 'staff']]);
  await w.admin(`PUT /staff/${ann.id}`, {
    name: '员工 ann',
    subject: 'ann',
    grants: [{ site: 'westgate', role: 'agent' }],
  });
  await w.admin(`POST /staff/${ann.id}/deactivate`);
  expect([await unknown('lakeside'), await unknown('westgate')]).toEqual([undefined, ['unit', 'party']]);
});
