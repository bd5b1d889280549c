import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { Refusal, refuse, refuseForNow } from '../../shared/domain/refusal.ts';
import { execute } from '../../shared/journal/execute.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { SITE, siteInMemory } from '../../shared/testing/site.ts';
import { answer, receive, settle, together } from './decide.ts';
import { contactsIn, contactsTable } from './store.ts';

const AT = Date.UTC(2026, 4, 1, 2);
const CONTEXT = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
const LI = { staff: 'li', roles: ['agent' as const], departments: [] };

const withContacts = async () => {
  const { tables } = await siteInMemory(contactsTable, {}, AT);
  const sent: unknown[] = [];
  /** Whether the list index still says what it said then. */
  const stale = new Map<string, unknown>();
  const doc = {
    send: async (command: QueryCommand) => {
      sent.push(command);
      if (!(command instanceof QueryCommand)) return tables.doc.send(command as never);
      const name = JSON.stringify(command.input);
      if (!stale.has(name)) stale.set(name, await tables.doc.send(command));
      return stale.get(name);
    },
  };
  const contacts = contactsIn({ ...tables, doc: doc as unknown as typeof tables.doc });
  const does = (id: string, ...steps: ReturnType<typeof settle>[]) =>
    execute(contacts, {
      ...{ site: SITE, id, now: AT, by: 'li' },
      decide: (state) => {
        const newEvents = together(...steps)({ state, actor: LI, now: AT, context: CONTEXT });
        if (newEvents instanceof Refusal) throw newEvents;
        return newEvents;
      },
    });
  const ids = ['con_1', 'con_2', 'con_3'];
  for (const id of ids) await does(id, receive({ channel: 'visit', receivedAt: AT }), answer({}));
  return { contacts, does, sent, ids };
};

test('a list answers from the heads it read together, and leaves out what has moved since the index was written', async () => {
  const { contacts, does, sent } = await withContacts();
  const open = async () => (await contacts.list(SITE, false, 10)).items.map(({ id }) => id);
  expect(await open()).toEqual(['con_3', 'con_2', 'con_1']);
  await does('con_2', settle());
  sent.length = 0;
  expect(await open()).toEqual(['con_3', 'con_1']);
  expect(sent.map((command) => (command as object).constructor.name)).toEqual(['QueryCommand', 'BatchGetCommand']);
  // Who has to miss nobody sees it all the same, as it is now.
  const walked = (await contacts.walk(SITE, false, 10)).items;
  expect(walked.map(({ state }) => state?.status)).toEqual(['answered', 'settled', 'answered']);
});

test('what a read that follows behind refuses is not kept under the key; what the domain refuses is', async () => {
  const { contacts } = await withContacts();
  const decided = (refusal: Refusal | undefined, scope: string) =>
    execute(contacts, {
      ...{ site: SITE, id: 'con_1', now: AT, by: 'li', idempotencyKey: { scope, body: '' } },
      decide: () => refusal ?? { events: [] },
    });
  await expect(decided(refuseForNow('month.running'), 'a')).rejects.toMatchObject({ kind: 'rule' });
  await expect(decided(undefined, 'a')).resolves.toMatchObject({ current: { id: 'con_1' } });
  await expect(decided(refuse('contact.accused'), 'b')).rejects.toMatchObject({ code: 'contact.accused' });
  await expect(decided(undefined, 'b')).rejects.toMatchObject({ code: 'contact.accused' });
});
