import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SESClient, SendEmailCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allow, deployment } from './fixtures/deployment.ts';
import { openRig, type Rig } from './fixtures/rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig(
    deployment({
      Relay: [
        allow(['events:PutEvents'], 'arn:aws:events:us-east-1:000000000000:event-bus/huiyin'),
        allow(['states:StartExecution'], 'arn:aws:states:us-east-1:000000000000:stateMachine:Timers'),
        allow(['sqs:SendMessage'], 'arn:aws:sqs:us-east-1:000000000000:Work'),
      ],
      Mailer: [
        allow(['ses:SendEmail', 'ses:SendRawEmail'], '*', { StringEquals: { 'ses:FromAddress': 'desk@example.org' } }),
      ],
      Letters: ['identity/example.org', 'configuration-set/letters'].map((resource) =>
        allow(['ses:SendEmail'], `arn:aws:ses:us-east-1:000000000000:${resource}`),
      ),
      Plain: [allow(['ses:SendEmail'], 'arn:aws:ses:us-east-1:000000000000:identity/example.org')],
    }),
  );
});
afterAll(() => rig.close());

test('events, executions and messages reach their services and are counted', async () => {
  const before = rig.gateway.meter.snapshot();
  const event = { EventBusName: 'huiyin', Source: 'huiyin.test', DetailType: 'done', Detail: JSON.stringify({ a: 1 }) };
  const events = new EventBridgeClient(rig.as('Relay'));
  const { Entries } = await events.send(
    new PutEventsCommand({ Entries: [event, { ...event, Detail: JSON.stringify('x'.repeat(100_000)) }] }),
  );
  expect(Entries).toEqual([{ EventId: '0' }, { EventId: '1' }]);
  expect(rig.published[0]).toEqual({
    bus: 'huiyin',
    source: 'huiyin.test',
    detailType: 'done',
    detail: '{"a":1}',
    resources: [],
  });
  await expect(events.send(new PutEventsCommand({ Entries: [{ ...event, EventBusName: 'default' }] }))).rejects.toThrow(
    /events:PutEvents on resource: .*event-bus\/default/,
  );

  const start = new StartExecutionCommand({
    stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Timers',
    name: 'due-1',
    input: '{}',
  });
  const machine = new SFNClient(rig.as('Relay'));
  expect((await machine.send(start)).startDate).toEqual(new Date(1_700_000_000_000));
  await expect(machine.send(start)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });

  const queue = new SQSClient(rig.as('Relay'));
  const QueueUrl = `${rig.gateway.url}/000000000000/Work`;
  expect((await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).MessageId).toBe('m1');
  expect(rig.gateway.meter.since(before)).toEqual({
    Relay: { PutEvents: { 'events.entries': 3 }, SendMessage: { 'sqs.requests': 1 } },
  });
});

test('mail is sent only from the granted address, plain or raw', async () => {
  const mailer = new SESClient(rig.as('Mailer'));
  const mail = (Source: string) =>
    new SendEmailCommand({
      Source,
      Destination: { ToAddresses: ['a@x.org', 'b@x.org'] },
      Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
    });
  const before = rig.gateway.meter.snapshot();
  expect((await mailer.send(mail('回音 <desk@example.org>'))).MessageId).toBe('sent <desk@example.org>');
  expect(rig.gateway.meter.since(before)).toEqual({ Mailer: { SendEmail: { 'ses.messages': 2 } } });
  await expect(mailer.send(mail('boss@example.org'))).rejects.toMatchObject({ name: 'AccessDenied' });
  const raw = (from: string) =>
    new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(`From: ${from}\r\nTo: a@x.org\r\n\r\nFrom: me`) } });
  expect((await mailer.send(raw('"Desk" <desk@example.org>'))).MessageId).toContain('desk@');
  await expect(mailer.send(raw('boss@example.org'))).rejects.toThrow(/SendRawEmail/);
});

test('a configuration set needs a grant of its own', async () => {
  const send = (who: string, ConfigurationSetName?: string) =>
    new SESClient(rig.as(who)).send(
      new SendEmailCommand({
        Source: 'desk@example.org',
        Destination: { ToAddresses: ['a@x.org'] },
        Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
        Tags: [{ Name: 'letter', Value: 'l1' }],
        ConfigurationSetName,
      }),
    );
  expect((await send('Letters', 'letters')).MessageId).toContain('desk@');
  await expect(send('Letters', 'others')).rejects.toThrow(/ses:SendEmail on resource: .*configuration-set\/others/);
  expect((await send('Plain')).MessageId).toContain('desk@');
  await expect(send('Plain', 'letters')).rejects.toMatchObject({ name: 'AccessDenied' });
});
