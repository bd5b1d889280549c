import { afterEach, expect, test, vi } from 'vitest';
import { framesOf, shell } from './shell.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const logged = () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  return lines;
};

test('hands its event on, and the answer back', async () => {
  const double = shell(async ({ n }: { n: number }) => n * 2);
  expect(await double({ n: 3 })).toBe(6);
  expect(await shell(async () => undefined)({})).toBeUndefined();
});

test('what fails fails for whoever called, and is logged by where it was thrown, without what it says', async () => {
  const lines = logged();
  class Broken extends Error {
    override name = 'Broken';
  }
  const fails = shell(async (_: object) => {
    throw new Broken('Zhang San, 13800000000');
  });
  await expect(fails({})).rejects.toThrow('Zhang San');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] as string)).toMatchObject({
    code: 'HY-FUN-1',
    error: 'Broken',
    at: expect.stringMatching(/^shell\.test\.ts:\d+:\d+ /),
  });
  expect(lines[0]).not.toMatch(/Zhang|1380/);
});

test('frames are of the stack alone, never of a message that looks like one', () => {
  const error = new Error('first\n    at secret (Zhang:1:2)');
  error.stack = `Error: ${error.message}\n    at f (file:///var/task/index.mjs:1:20)\n    at index.mjs:3:4`;
  expect(framesOf(error)).toEqual(['index.mjs:1:20', 'index.mjs:3:4']);
  expect(framesOf('text')).toEqual([]);
});

test('a deadline answers while what was begun goes on', async () => {
  let done = false;
  const slow = shell(
    async (_: object) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      done = true;
      return 'late';
    },
    { tooLate: () => 'early' },
  );
  expect(await slow({}, { getRemainingTimeInMillis: () => 1_010 })).toBe('early');
  expect(done).toBe(false);
  await vi.waitFor(() => expect(done).toBe(true));
  expect(await slow({}, { getRemainingTimeInMillis: () => 10_000 })).toBe('late');
});
