import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { defineTable, personalTable } from '../aws/table.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import { personalItem, personalKey, personalText, refOf } from '../people/personal.ts';
import type { Keeps } from '../people/retention.ts';
import { forgetTexts, nothingFound } from './forget.ts';
import { forgettingsIn } from './forgetting.ts';

const NOW = Date.UTC(2026, 2, 2, 2);

/** Texts that don't say what they are kept for are forgotten, as those of a case whose type keeps them for `keeps`. */
const forgets = async (kinds: string[], keeps: Keeps | undefined) => {
  const doc = memoryTables(defineTable({ name: 'own', journal: true }), personalTable);
  const texts = kinds.map((kind) => personalText(kind, `some ${kind}`, NOW, Math.random, undefined));
  for (const text of texts)
    await doc.send(new PutCommand({ TableName: 'personal', Item: personalItem('lakeside', text) }));
  const forgettings = forgettingsIn({ doc, own: 'own' });
  const found = nothingFound();
  const of = { site: 'lakeside', erasure: 'era_1', service: 'complaints', what: 'case', keeps } as const;
  await forgetTexts({ forgettings, doc, personal: 'personal', clock: () => NOW }, of, texts.map(refOf), found);
  const there = await Promise.all(
    texts.map(async ({ ref }) => {
      const { Item } = await doc.send(new GetCommand({ TableName: 'personal', Key: personalKey('lakeside', ref) }));
      return Item === undefined ? [] : [[Item.kind, Item.restricted]];
    }),
  );
  return { erased: found.erased, left: [...found.left.values()], there: there.flat() };
};

test('a text that says no end is what its case keeps it for; what is of the party itself waits for the registry', async () => {
  const kinds = ['words', 'spokeWith', 'name', 'phone', 'email'];
  const party = kinds.slice(2).map((kind) => [kind, undefined]);
  expect(await forgets(kinds, undefined)).toEqual({ erased: 2, left: [], there: party });
});

test('of the books such a text is kept, and nobody reads it in the daily work', async () => {
  expect(await forgets(['reference', 'name'], 'books')).toEqual({
    erased: 0,
    left: [{ what: 'case', law: 'books', cases: 0, texts: 1 }],
    there: [
      ['reference', 'law'],
      ['name', undefined],
    ],
  });
});
