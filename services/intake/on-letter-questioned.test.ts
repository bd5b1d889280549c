import { expect, test } from 'vitest';
import { siteKey } from '../../shared/policy/policy.ts';
import { SITE, siteInMemory } from '../../shared/testing/site.ts';
import { onLetterQuestioned } from './on-letter-questioned.ts';
import { contactsIn, contactsTable } from './store.ts';

const AT = Date.UTC(2026, 10, 11, 2);
const questioned = {
  id: 'let_1.4',
  name: 'letter.questioned' as const,
  site: SITE,
  aggregate: 'let_1',
  version: 4,
  at: AT,
  by: 'system:payer',
  data: { kind: 'fee-notice' as const, ordinal: 1, party: 'pty_1', unit: 'unt_1', words: { ref: 'txt_1', hash: 'h' } },
};

test('a payer’s question becomes an enquiry that finance owes, once however often it arrives', async () => {
  const { tables, deps } = await siteInMemory(contactsTable, {}, AT);
  const contacts = contactsIn(tables);
  for (let i = 0; i < 2; i++) await onLetterQuestioned.handle(questioned, { ...deps, contacts });
  const { items } = await contacts.list(SITE, false, 10);
  expect(items.map(({ id }) => id)).toEqual(['con_1-1']);
  expect(items[0]?.state).toMatchObject({
    channel: 'web',
    status: 'routed',
    as: 'enquiry',
    unit: 'unt_1',
    letter: 'let_1',
    words: { ref: 'txt_1' },
    owed: [{ duty: 'accept', position: { role: 'department-head', department: 'finance' } }],
  });
});

test('without a finance department it waits for the desk, with what was asked', async () => {
  const { tables, deps, publish } = await siteInMemory(contactsTable, {}, AT);
  await publish({ ...siteKey(SITE), site: SITE, name: 'L', timeZone: 'Asia/Shanghai', departments: [] });
  const contacts = contactsIn(tables);
  await onLetterQuestioned.handle(questioned, { ...deps, contacts });
  const { state } = await contacts.head(SITE, 'con_1-1');
  expect(state).toMatchObject({ status: 'received', words: { ref: 'txt_1' }, owed: [{ duty: 'answer' }] });
});
