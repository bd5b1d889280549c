import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import type { PersonalRef } from '../../../../shared/domain/events.ts';
import { personalKey } from '../../../../shared/people/personal.ts';
import { DAY, MINUTE, SECOND } from '../../../../shared/time/clock.ts';
import { billed, NINE, wanted } from '../testing.ts';
import { notificationsFor } from '../testing-calls.ts';
import { type Office, office, SITE } from '../testing-office.ts';

let o: Office;
beforeEach(async () => {
  o = await office();
});
const YEARS_4 = 1461 * DAY;
const evidence = async ({ ref }: PersonalRef) =>
  (await o.site.doc.send(new GetCommand({ TableName: 'personal', Key: personalKey(SITE, ref) }))).Item?.evidence;
const mails = async () => {
  o.site.now += MINUTE + SECOND;
  await o.deliver();
};

test('whose name stands on a demand, and where it went, is kept as long as that proves something', async () => {
  const { name, emails } = await o.owner('pty_1', 'owner@example.com', 'other@example.com');
  await o.opens(NINE, wanted());
  await mails();
  const until = (NINE + YEARS_4) / SECOND;
  for (const ref of [name, emails[0]?.value as PersonalRef]) expect(await evidence(ref)).toBeGreaterThan(until);
  expect(await evidence(emails[1]?.value as PersonalRef)).toBeUndefined();
  // Another a month later writes nothing anew: it was kept for longer than the first needs.
  const first = await evidence(name);
  o.site.now += 20 * DAY;
  await o.opens(o.site.now, wanted());
  await mails();
  expect(o.mails).toHaveLength(2);
  expect(await evidence(name)).toBe(first);
});

test('a notice of fees proves no demand: name and address go when they are corrected', async () => {
  const { name, emails } = await o.owner('pty_1', 'owner@example.com');
  await o.opens(NINE, wanted({ kind: 'fee-notice', run: 'run_2026-11', accounts: [billed('acc_1-1')] }));
  await mails();
  expect(o.mails).toHaveLength(1);
  expect(await evidence(name)).toBeUndefined();
  expect(await evidence(emails[0]?.value as PersonalRef)).toBeUndefined();
});

test('on paper as well: from when it was printed', async () => {
  const { name } = await o.owner('pty_1');
  const [letter] = await o.opens(NINE, wanted({ kind: 'second-notice', part: 'letter' }));
  expect(await evidence(name)).toBeUndefined();
  const call = notificationsFor(o);
  expect((await call('li', `POST /sites/${SITE}/letters/${letter}/printed`, {})).status).toBe(200);
  expect(await evidence(name)).toBeGreaterThan((NINE + YEARS_4) / SECOND);
});

test('on paper it is kept in the moment in which it was printed: one that was not printed proves nothing', async () => {
  const { name } = await o.owner('pty_1');
  const [letter] = await o.opens(NINE, wanted({ kind: 'second-notice', part: 'letter' }));
  const { doc } = o.site;
  const send = doc.send.bind(doc);
  let dies = true;
  doc.send = (async (command: object) => {
    if (dies && command instanceof TransactWriteCommand) throw new Error('died');
    return send(command as never);
  }) as typeof doc.send;
  const prints = () => notificationsFor(o)('li', `POST /sites/${SITE}/letters/${letter}/printed`, {}, 'key');
  expect((await prints()).status).toBe(500);
  expect(await evidence(name)).toBeUndefined();
  dies = false;
  expect((await prints()).status).toBe(200);
  expect(await evidence(name)).toBeGreaterThan((NINE + YEARS_4) / SECOND);
});
