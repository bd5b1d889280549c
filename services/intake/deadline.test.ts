import { expect, test, vi } from 'vitest';
import { http } from '../../shared/lambda/http.ts';
import { routes } from './api.ts';
import { contactsIn } from './store.ts';
import { desk, SITE } from './testing.ts';

test('a command that takes too long is answered in time; its key tells what came of it, and it is done once', async () => {
  const { deps, tables, contacts } = await desk();
  const { doc } = tables;
  const slow = Object.assign(Object.create(doc), {
    send: async (command: never) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return doc.send(command);
    },
  });
  const api = http(routes, { ...deps, contacts: contactsIn({ ...tables, doc: slow }) });
  const asks = async (left: number) => {
    const event = {
      routeKey: 'POST /sites/{site}/contacts',
      headers: { 'idempotency-key': 'key-slow', 'accept-language': 'zh-CN' },
      pathParameters: { site: SITE },
      body: JSON.stringify({ channel: 'call', rings: 2 }),
      requestContext: { authorizer: { jwt: { claims: { sub: 'li' } } } },
    };
    const { statusCode, headers, body } = await api(event, { getRemainingTimeInMillis: () => left });
    return { status: statusCode, headers, body: JSON.parse(body) };
  };
  const early = await asks(1_020);
  expect(early).toMatchObject({ status: 503, body: { status: 503, code: 'request.too-long' } });
  expect(early.body.title).toMatch(/同一 Idempotency-Key/);
  expect(early.headers).toMatchObject({ 'retry-after': '5', 'content-type': expect.stringContaining('problem+json') });
  const listed = async () => (await contacts.list(SITE, false, 10)).items.length;
  await vi.waitFor(async () => expect(await listed()).toBe(1));
  const told = await asks(10_000);
  expect(told).toMatchObject({ status: 201, body: { channel: 'call', takenBy: 'li' } });
  expect(await listed()).toBe(1);
});
