import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { eachMessage, queue } from '../lambda/queue.ts';
import { schedule } from '../lambda/schedule.ts';
import { timely } from './timely.ts';

/** A table that never answers. */
let server: Server;
let closed = 0;
beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  server = createServer((request) => void request.on('close', () => closed++));
  await new Promise<void>((resolve) => server.listen(0, resolve));
});
afterAll(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

const table = () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const doc = timely(DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, credentials, region: 'r' })));
  return () => doc.send(new GetCommand({ TableName: 't', Key: { pk: 'p' } }));
};
const context = { awsRequestId: 'i', getRemainingTimeInMillis: () => 1_100 };

test('a call that hangs ends a second before the function does, and its connection with it', async () => {
  const asks = table();
  await expect(schedule(asks)({}, context)).rejects.toMatchObject({ name: 'AbortError' });
  await vi.waitFor(() => expect(closed).toBe(1));
});

test('of a batch what was done is done, and what hung comes again', async () => {
  const asks = table();
  const works = queue((batch) =>
    eachMessage(batch, { failed: 'HY-RCP-2', width: 2 }, async ({ body }) => {
      if (body === 'hangs') await asks();
    }),
  );
  const Records = ['done', 'hangs'].map((body) => ({ messageId: body, body }));
  expect(await works({ Records }, context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'hangs' }] });
});
