import { expect, test } from 'vitest';
import * as z from 'zod';
import { allRoutes } from '../support/requests.ts';

/** Fields that say something of an owner, whatever they stand in. */
const OWNERS = ['party', 'payer', 'words', 'phone', 'spokeWith', 'debtor'];

const fieldsOf = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return [...own, ...Object.values(schema).flatMap(fieldsOf)];
};

test('every route that answers with owners’ data records who read it', async () => {
  // A report's words are the plan's, not an owner's.
  const reading = (await allRoutes()).filter(
    ({ method, who, path }) => method === 'GET' && who !== 'everybody' && !path.includes('/reports'),
  );
  const silent = reading
    .filter(({ personal, answer }) => {
      const fields = new Set(fieldsOf(z.toJSONSchema(answer, { io: 'output', unrepresentable: 'any' })));
      return !personal && OWNERS.some((field) => fields.has(field));
    })
    .map(({ path }) => path);
  expect(silent).toEqual([]);
});
