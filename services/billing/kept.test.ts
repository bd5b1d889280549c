import { expect, test } from 'vitest';
import * as z from 'zod';
import { aggregateTypeOf, type EventDef } from '../../shared/domain/events.ts';
import { memoryTables } from '../../shared/memory-tables/tables.ts';
import * as events from './events.ts';
import { theirsIn } from './kept.ts';
import { billingTable } from './store.ts';

/** Of no one person: what is written there is the office's own, of a day, a file, or a run of bills. */
const OF_NOBODY = ['cashday', 'deduction', 'run', 'runmail'];

const isEvent = (value: unknown): value is EventDef =>
  typeof value === 'object' && value !== null && 'name' in value && 'data' in value;
const hasText = ({ data }: EventDef): boolean => /"ref":.*"hash":/.test(JSON.stringify(z.toJSONSchema(data)));

test('whatever keeps words is given and erased as its person’s, or is of nobody', () => {
  const withWords = (Object.values(events) as unknown[]).flat().filter(isEvent).filter(hasText);
  const kinds = [...new Set(withWords.map(({ name }) => aggregateTypeOf(name)))];
  const kept = theirsIn({ doc: memoryTables(billingTable), own: 'billing', personal: 'personal' });
  expect(kinds).toContain('exemption');
  const theirs = kept.map(({ type }) => type.type as string);
  expect(kinds.filter((kind) => !OF_NOBODY.includes(kind) && !theirs.includes(kind))).toEqual([]);
});
