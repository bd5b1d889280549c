import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aggregateTypeOf } from '../../shared/domain/events.ts';

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');

test('Athena is told of every journal that there is', () => {
  const [, told = ''] = /'projection\.journal\.values' = '([^']*)'/.exec(read('open-data/athena.sql')) ?? [];
  const { events } = JSON.parse(read('generated/events.json')) as { events: Record<string, unknown> };
  expect(told.split(',')).toEqual([...new Set(Object.keys(events).map(aggregateTypeOf))].sort());
});
