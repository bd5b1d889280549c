import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { personalTable } from '../aws/table.ts';
import { memoryTables } from '../memory-tables/tables.ts';
import { DEFAULT_POLICY, looserThan } from '../policy/policy.ts';
import { DAY } from '../time/clock.ts';
import { type Purpose, personalItem, personalReader, personalText, refOf } from './personal.ts';
import { BY_LAW, type Keeps, keptFor, secondsOf } from './retention.ts';

const NOW = Date.UTC(2026, 2, 2, 2);
const days = (keeps: Keeps, kind: string, policy = DEFAULT_POLICY) => {
  const kept = keptFor(keeps, kind, NOW, policy);
  return [kept.keeps, (kept.until - NOW) / DAY];
};

test('each text is kept for what it is for: words for three years, numbers for one, evidence for four, the books for thirty', () => {
  expect(days('said', 'words')).toEqual(['said', 1095]);
  expect(days('said', 'number')).toEqual(['called', 365]);
  expect(days('said', 'spokeWith')).toEqual(['called', 365]);
  expect(days('evidence', 'relation')).toEqual(['evidence', 1461]);
  expect(days('evidence', 'question')).toEqual(['said', 1095]);
  expect(days('books', 'reference')).toEqual(['books', 10_958]);
  expect(days('books', 'called')).toEqual(['evidence', 1461]);
  expect(days('said', 'words', { ...DEFAULT_POLICY, keepSaidDays: 30 })).toEqual(['said', 30]);
  expect([...BY_LAW].sort()).toEqual(['books', 'evidence']);
});

test('a site may keep words for less long than the group, and what a law has kept for longer, never the other way', () => {
  expect(looserThan(DEFAULT_POLICY, { keepSaidDays: 30, keepCalledDays: 30, keepBooksDays: 12_000 })).toEqual([]);
  const looser = { keepSaidDays: 2000, keepCalledDays: 400, keepEvidenceDays: 100, keepBooksDays: 365 };
  expect(looserThan(DEFAULT_POLICY, looser)).toEqual(Object.keys(looser));
});

test('what has ended nobody reads any more, though it is still there; nor what is kept for a law alone', async () => {
  const doc = memoryTables(personalTable);
  const w = { now: NOW };
  const texts = personalReader({ doc, personal: 'personal', clock: () => w.now });
  const put = async (more: object, kept = keptFor('said', 'words', NOW, DEFAULT_POLICY)) => {
    const text = personalText('words', 'The lift stands.', NOW, Math.random, kept);
    await doc.send(new PutCommand({ TableName: 'personal', Item: { ...personalItem('lakeside', text), ...more } }));
    return refOf(text);
  };
  const [said, asked, law] = [await put({}), await put({ restricted: 'person' }), await put({ restricted: 'law' })];
  const read = async (purpose?: Purpose) =>
    [...(await texts.both('lakeside', [said, asked, law], purpose)).keys()].sort();
  expect(await read()).toEqual([said.ref]);
  expect(await read('contract')).toEqual([said.ref, asked.ref].sort());
  expect(await read('answer')).toEqual([said.ref, asked.ref, law.ref].sort());
  w.now = NOW + 1095 * DAY;
  expect(await read('answer')).toEqual([]);
  const stored = personalItem(
    'lakeside',
    personalText('words', 'x', NOW, Math.random, keptFor('said', 'words', NOW, DEFAULT_POLICY)),
  );
  expect(stored.expires).toBe(secondsOf(NOW + 1095 * DAY));
});
