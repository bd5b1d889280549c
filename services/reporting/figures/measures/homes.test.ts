import { expect, test } from 'vitest';
import { billedNames, billedOf, homesOf } from './homes.ts';
import { FAMILIES, type FamilyName } from './measure.ts';

const ROOTS: Partial<Record<FamilyName, string[]>> = {
  step: ['acc_1'],
  payment: ['acc_1'],
  document: ['let_1', 'slp_1'],
};
const ORDINALS: Partial<Record<FamilyName, (number | string)[]>> = {
  resolution: [2],
  rating: [1],
  promise: ['p1', 1],
  step: ['2026-01-10.demand.2026-03-01'],
  payment: ['hld_1'],
};

test('a case of every family has its aggregates, named by ids that exist', () => {
  const homes = FAMILIES.map((family) => [
    family,
    (ROOTS[family] ?? ['x']).flatMap((root) =>
      (ORDINALS[family] ?? [undefined]).flatMap((ordinal) =>
        homesOf({ family, root, ordinal }).map(({ type, id }) => `${type} ${id}`),
      ),
    ),
  ]);
  expect(Object.fromEntries(homes)).toEqual({
    contact: ['contact con_x', 'complaint cmp_x'],
    handled: ['contact con_x'],
    complaint: ['complaint cmp_x'],
    resolution: ['callback cbk_x-2'],
    rating: ['callback cbk_x-1'],
    promise: ['contact con_x', 'callback cbk_x-1'],
    step: ['account acc_1'],
    payment: ['account acc_1'],
    document: ['letter let_1', 'slip slp_1'],
  });
});

test('a case of billing is called by its aggregate; a root that ids share is of none', () => {
  expect(billedOf('01hzy')).toBeUndefined();
  expect(billedNames({ family: 'payment', root: 'acc_1', ordinal: 'hld_1' })).toEqual({
    account: 'acc_1',
    hold: 'hld_1',
  });
  expect(billedNames({ family: 'step', root: 'acc_1', ordinal: 's' })).toEqual({ account: 'acc_1', step: 's' });
  expect(billedNames({ family: 'document', root: 'slp_1' })).toEqual({ slip: 'slp_1' });
});
