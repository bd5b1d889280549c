import { expect, test } from 'vitest';
import type { FunctionModel } from '../model.ts';
import { copied, type Entry, instancesOf } from './instances.ts';
import { messageOf } from './messages.ts';

const functionOf = (more: Partial<FunctionModel> = {}) =>
  ({ arn: 'arn:one', path: 'One', environment: {}, ...more }) as FunctionModel;
const of = (fn: FunctionModel, handler: ReturnType<Entry>) =>
  instancesOf([fn], { entryOf: () => () => handler, awsOf: () => ({}) as never, print: () => undefined });

test('an answer of more than 6 MB is none', async () => {
  const fn = functionOf();
  const functions = of(fn, async (event) => 'x'.repeat(Number(event)));
  expect(await functions.invoke(fn, 6_000_000)).toMatchObject({ ok: true });
  expect(await functions.invoke(fn, 7_000_000)).toMatchObject({
    ok: false,
    error: { errorType: 'Function.ResponseSizeTooLarge' },
  });
});

test('a reserved concurrency of one is one event at a time', async () => {
  const most = async (fn: FunctionModel) => {
    let [now, ever] = [0, 0];
    const functions = of(fn, async () => {
      ever = Math.max(ever, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
    });
    await Promise.all([1, 2, 3, 4].map((event) => functions.invoke(fn, event)));
    return ever;
  };
  expect(await most(functionOf({ reservedConcurrency: 1 }))).toBe(1);
  expect(await most(functionOf())).toBe(3);
});

test('a mail with a tag that SES does not take is refused', async () => {
  const mail = (Value: string) => ({
    ...{ Source: 'a@x.org', Destination: { ToAddresses: ['b@x.org'] } },
    ...{ Message: { Subject: { Data: 's' }, Body: {} }, Tags: [{ Name: 'letter', Value }] },
  });
  expect(await messageOf('SendEmail', mail('ltr_1'))).toMatchObject({ tags: { letter: 'ltr_1' } });
  await expect(messageOf('SendEmail', mail('a letter'))).rejects.toThrow('Invalid tag value <a letter>');
});

test('what an instance is given is what would come out of JSON', () => {
  const event = {
    text: '回',
    none: undefined,
    nothing: null,
    list: [1, undefined, { deep: [Number.NaN, true] }],
    bytes: Buffer.from('x'),
    at: new Date(0),
  };
  const copy = copied(event);
  expect(copy).toEqual(JSON.parse(JSON.stringify(event)));
  expect(Object.keys(copy as object)).not.toContain('none');
});
