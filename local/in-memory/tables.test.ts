import { expect, test } from 'vitest';
import { billingTable } from '../../services/billing/store.ts';
import { registryTable } from '../../services/registry/store.ts';
import { reportingTable } from '../../services/reporting/figures/store.ts';
import { modelOf } from '../../test/support/real-engine.ts';
import { defOf } from './tables.ts';

test('a table is made of its model as it was declared', () => {
  for (const def of [billingTable, registryTable, reportingTable])
    expect(defOf({ ...modelOf(def), ...(def.stream ? { stream: { arn: 'arn', view: 'NEW_IMAGE' } } : {}) })).toEqual(
      def,
    );
});

test('an index that copies everything is refused', () => {
  const { indexes, ...model } = modelOf(billingTable);
  expect(() => defOf({ ...model, indexes: indexes.map((index) => ({ ...index, projection: 'ALL' })) })).toThrow(
    'everything',
  );
});
