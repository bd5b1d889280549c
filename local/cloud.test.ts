import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from './cloud.ts';
import { synthFixture } from './fixtures/app.ts';

const START = Date.UTC(2026, 0, 1, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the local cloud, from a synthesized template', () => {
  let folder: string;
  let assembly: string;
  let cloud: Cloud;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-fixture-'));
    assembly = synthFixture(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const table = (path: string) => cloud.deployment.tables.find(({ logicalId }) => logicalId.startsWith(path))!.name;
  async function post(id: string, token?: string, method = 'POST'): Promise<Response> {
    const authorization = `Bearer ${token ?? (await cloud.token('anna', { 'cognito:groups': ['a', 'b'] }))}`;
    return fetch(`${cloud.apiUrl}/things/${id}`, { method, headers: { authorization } });
  }
  /** What the functions noted about an id; counts as numbers. */
  async function effects(id: string): Promise<Record<string, number>> {
    const db = new DynamoDBClient(cloud.tool);
    const { Item } = await db.send(new GetItemCommand({ TableName: table('Effects'), Key: { id: { S: id } } }));
    db.destroy();
    const numbers = Object.entries(Item ?? {}).filter(([, value]) => value.N !== undefined);
    return Object.fromEntries(numbers.map(([name, value]) => [name, Number(value.N)]));
  }

  describe('standing still', () => {
    beforeEach(async () => {
      cloud = await startCloud({ assembly, start: START });
    });
    afterEach(() => cloud.stop());

    it('carries a command through table, stream, bus and function to mail, queue and a timer 48 hours on', async () => {
      const answer = await post('one');
      expect(answer.status).toBe(201);
      expect(await answer.json()).toMatchObject({ claims: { sub: 'anna', 'cognito:groups': '[a b]' } });
      await cloud.clock.settle();
      expect(await effects('one')).toEqual({ reactions: 1, reactionsAt: START, jobs: 1, jobsAt: START });
      expect(await cloud.mail()).toMatchObject([
        { to: ['one@example.org'], subject: 'Thing one', text: 'It is there.', at: START, outcome: 'delivered' },
      ]);
      expect(cloud.executions()).toMatchObject([{ name: 'timer-one', status: 'RUNNING', machine: 'Fixture/Timer' }]);

      await cloud.clock.advance({ by: 48 * HOUR - 1 });
      expect(await effects('one')).not.toHaveProperty('timers');
      await cloud.clock.advance({ by: 1 });
      expect(await effects('one')).toMatchObject({ timers: 1, timersAt: START + 48 * HOUR });
      expect(cloud.executions()).toMatchObject([{ status: 'SUCCEEDED' }]);
      expect([cloud.denials(), cloud.deadLetters(), cloud.dropped()]).toEqual([[], [], []]);
      expect(cloud.logs()).toContainEqual({ at: expect.any(Number), function: 'Fixture/api', line: 'put one' });
    });

    it('answers as API Gateway does what never reaches a function', async () => {
      const unsigned = await fetch(`${cloud.apiUrl}/things/x`);
      expect([unsigned.status, await unsigned.json()]).toEqual([401, { message: 'Unauthorized' }]);
      const expired = await cloud.token('anna', { exp: 1 });
      expect((await post('x', expired)).status).toBe(401);
      const foreign = await cloud.token('anna', { aud: 'somebody else' });
      expect((await post('x', foreign)).status).toBe(401);
      const unknown = await fetch(`${cloud.apiUrl}/nothing`);
      expect([unknown.status, await unknown.json()]).toEqual([404, { message: 'Not Found' }]);
    });

    it('runs a schedule at each of its instants', async () => {
      const before = cloud.meter.snapshot();
      await cloud.clock.advance({ by: 24 * HOUR });
      const used = cloud.meter.since(before);
      const sweep = cloud.deployment.functions.find(({ path }) => path === 'Fixture/sweep')!.name;
      expect(used[sweep]!.Invoke!['lambda.invocations']).toBe(96);
    });

    it('retries a failing function a minute and three minutes later, then keeps the event in its failure queue', async () => {
      await post('poison');
      await cloud.clock.advance({ by: MINUTE });
      expect(await effects('poison')).toMatchObject({ reactions: 2 });
      expect(cloud.deadLetters()).toEqual([]);
      await cloud.clock.advance({ by: 2 * MINUTE });
      expect(await effects('poison')).toMatchObject({ reactions: 3, reactionsAt: START + 3 * MINUTE });
      expect(cloud.deadLetters()[0]!.messages).toMatchObject([
        { body: { requestContext: { condition: 'RetriesExhausted' }, requestPayload: { detail: { id: 'poison' } } } },
      ]);
    });

    it('moves a job that keeps failing to the dead-letter queue', async () => {
      const queue = cloud.deployment.queues.find(({ logicalId }) => logicalId.startsWith('Jobs'))!;
      const sqs = new SQSClient(cloud.tool);
      await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'bad' }));
      sqs.destroy();
      await cloud.clock.advance({ by: 2 * MINUTE });
      expect(cloud.deadLetters()[0]!.messages).toMatchObject([{ body: 'bad' }]);
    });

    it('refuses a function what its role does not grant', async () => {
      await expect(cloud.invoke('Fixture/forbidden', {})).rejects.toThrow(
        'is not authorized to perform: dynamodb:GetItem',
      );
      expect(cloud.denials()).toMatchObject([{ action: 'dynamodb:GetItem' }]);
    });

    it('kills a function mid-flight', async () => {
      const running = cloud.invoke('Fixture/slow', { id: 'victim' });
      const died = expect(running).rejects.toThrow('killed');
      while (!('begun' in (await effects('victim')))) await new Promise((resolve) => setTimeout(resolve, 10));
      cloud.kill('Fixture/slow');
      await died;
      await cloud.clock.settle();
      expect(await effects('victim')).not.toHaveProperty('ended');
      expect(await cloud.invoke('Fixture/slow', { id: 'next' })).toEqual({ id: 'next' });
    });

    it('survives the death of the relay after its effect: the batch comes again', async () => {
      const fault = cloud.faults.inject({ kind: 'crash-after', function: 'relay', service: 'events' });
      await post('one');
      await cloud.clock.advance({ by: 5 * MINUTE });
      expect(fault.hits).toBe(1);
      expect(await effects('one')).toMatchObject({ reactions: 2 });
    });

    it('hears by the default bus what became of each letter', async () => {
      const send = (id: string, to: string) =>
        cloud.invoke('Fixture/send', { id, to: `${to}@simulator.amazonses.com` });
      await send('letter-1', 'success');
      await send('letter-2', 'bounce+unit-7');
      await send('letter-3', 'complaint');
      await send('other', 'success');
      await cloud.clock.settle();
      expect(await effects('letter-1')).toEqual({ mailed: 1, mailedAt: START, Send: 1, SendAt: START });
      await cloud.clock.advance({ by: MINUTE });
      expect(await effects('letter-1')).toMatchObject({ Send: 1, Delivery: 1, DeliveryAt: START + 2000 });
      expect(await effects('letter-2')).toMatchObject({ Send: 1, Bounce: 1, BounceAt: START + 3000 });
      expect(await effects('letter-2')).not.toHaveProperty('Delivery');
      expect(await effects('letter-3')).toMatchObject({ Send: 1, Delivery: 1, Complaint: 1 });
      expect(await effects('other')).toEqual({ mailed: 1, mailedAt: START });
      expect((await cloud.mail()).map(({ tags, outcome }) => [tags.letter, outcome])).toEqual([
        ['letter-1', 'delivered'],
        ['letter-2', 'bounced'],
        ['letter-3', 'complained'],
        ['other', 'delivered'],
      ]);
      cloud.mailOutcome(({ tags }) => (tags.letter === 'letter-4' ? 'unheard' : undefined));
      await send('letter-4', 'success');
      await cloud.clock.advance({ by: HOUR });
      expect(await effects('letter-4')).not.toHaveProperty('Delivery');
      expect([cloud.denials(), cloud.deadLetters(), cloud.dropped()]).toEqual([[], [], []]);
    });

    it('hears of a letter whose sender died before it could note that it was sent', async () => {
      cloud.faults.inject({ kind: 'crash-after', function: 'send', service: 'ses' });
      const to = 'success@simulator.amazonses.com';
      await expect(cloud.invoke('Fixture/send', { id: 'letter-1', to })).rejects.toThrow('killed');
      expect(await cloud.mail()).toMatchObject([{ tags: { letter: 'letter-1' } }]);
      await cloud.clock.advance({ by: MINUTE });
      expect(await effects('letter-1')).toMatchObject({ Send: 1, Delivery: 1 });
      expect(await effects('letter-1')).not.toHaveProperty('mailed');
    });

    it('sends nothing while SES throttles, however often it is asked', async () => {
      const fault = cloud.faults.inject({ kind: 'throttle', service: 'ses', times: Number.POSITIVE_INFINITY });
      const letter = { id: 'letter-1', to: 'success@simulator.amazonses.com' };
      for (let tries = 0; tries < 2; tries++)
        await expect(cloud.invoke('Fixture/send', letter)).rejects.toMatchObject({ name: 'Throttling' });
      expect(fault.hits).toBe(6); // the SDK asks three times
      expect(await cloud.mail()).toEqual([]);
      fault.remove();
      await cloud.invoke('Fixture/send', letter);
      await cloud.clock.advance({ by: MINUTE });
      expect(await effects('letter-1')).toMatchObject({ mailed: 1, Send: 1, Delivery: 1 });
    });

    it('delivers everything twice when told so', async () => {
      cloud.redeliver({ duplicate: 1 });
      await post('one');
      await cloud.clock.settle();
      expect((await effects('one')).reactions).toBe(4);
    });

    it('kills every execution, and nothing fires', async () => {
      await post('one');
      await cloud.clock.settle();
      expect(cloud.stopExecutions()).toBe(1);
      await cloud.clock.advance({ by: 72 * HOUR });
      expect(await effects('one')).not.toHaveProperty('timers');
    });
  });

  it('comes back with its data, clock, keys and undelivered work', async () => {
    const data = join(folder, 'kept');
    cloud = await startCloud({ assembly, start: START, data });
    const token = await cloud.token('anna');
    await post('one', token);
    await post('poison', token);
    await cloud.clock.advance({ by: 30_000 });
    await cloud.invoke('Fixture/send', { id: 'letter-1', to: 'success@simulator.amazonses.com' });
    // What a stop interrupts may have had its effect, and comes again.
    await cloud.clock.settle();
    await cloud.stop();

    cloud = await startCloud({ assembly, start: START, data });
    expect(cloud.clock.now()).toBe(START + 30_000);
    expect((await post('one', token, 'GET')).status).toBe(200);
    expect(await cloud.mail()).toHaveLength(2);
    expect(await effects('letter-1')).not.toHaveProperty('Delivery');
    await cloud.clock.advance({ by: 5 * MINUTE });
    expect(await effects('letter-1')).toMatchObject({ Send: 1, Delivery: 1, DeliveryAt: START + 32_000 });
    expect(await effects('one')).toMatchObject({ reactions: 1, jobs: 1 });
    expect(await effects('poison')).toMatchObject({ reactions: 3 });
    await cloud.stop();
  });

  it('leaves nothing behind', async () => {
    cloud = await startCloud({ assembly, start: START });
    await post('one');
    const { apiUrl, issuerUrl, mailboxUrl, endpointUrl } = cloud;
    await cloud.stop();
    for (const url of [apiUrl, issuerUrl, mailboxUrl, endpointUrl]) await expect(fetch(url)).rejects.toThrow();
  });

  it('refuses a template it does not know, with nothing left running', async () => {
    await expect(startCloud({ assembly, parameters: { Unknown: 'x' } })).rejects.toThrow('Unknown');
    expect(existsSync(join(assembly, 'Fixture.template.json'))).toBe(true);
  });
});
