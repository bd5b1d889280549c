import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eachMessage } from './queue.ts';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const FAILED = 'HY-RCP-2';
const message = (messageId: string, MessageGroupId?: string) => ({
  messageId,
  body: messageId,
  attributes: MessageGroupId === undefined ? {} : { MessageGroupId },
});
const failing =
  (...ids: string[]) =>
  async ({ messageId }: { messageId: string }) => {
    if (ids.includes(messageId)) throw new TypeError(`of ${messageId}`);
  };
const reported = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

test('only what failed is reported, in the order of the batch, and logged by its class', async () => {
  const Records = ['a', 'b', 'c', 'd'].map((id) => message(id));
  expect(await eachMessage({ Records }, { failed: FAILED, width: 3 }, failing('d', 'b'))).toEqual(reported('b', 'd'));
  expect(lines.map((line) => JSON.parse(line).message && JSON.parse(line).error)).toEqual(['TypeError', 'TypeError']);
  expect(lines.join()).not.toContain('of b');
});

test('what follows a failed one of its group is not tried and comes again; other groups go on', async () => {
  const tried: string[] = [];
  const Records = [message('a1', 'a'), message('b1', 'b'), message('a2', 'a'), message('b2', 'b'), message('a3', 'a')];
  const answer = await eachMessage({ Records }, { failed: FAILED }, async (one) => {
    tried.push(one.messageId);
    await failing('a2')(one);
  });
  expect(answer).toEqual(reported('a2', 'a3'));
  expect(tried.toSorted()).toEqual(['a1', 'a2', 'b1', 'b2']);
  expect(lines).toHaveLength(1);
});

test('at most so many are worked on at once, and one of a group alone', async () => {
  const seen = async (width: number | undefined, group?: string) => {
    let now = 0;
    let most = 0;
    const Records = ['a', 'b', 'c', 'd', 'e'].map((id) => message(id, group));
    await eachMessage({ Records }, { failed: FAILED, width }, async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      now--;
    });
    return most;
  };
  expect(await seen(undefined)).toBe(1);
  expect(await seen(3)).toBe(3);
  expect(await seen(3, 'site')).toBe(1);
});
