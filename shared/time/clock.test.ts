import { expect, test } from 'vitest';
import { MINUTE, toldInstant } from './clock.ts';

test('what a clock up to two minutes ahead says is now; what is later, or was before, stays as told', () => {
  const now = 1_800_000_000_000;
  for (const [told, is] of [
    [now - 1, now - 1],
    [now, now],
    [now + 1, now],
    [now + 2 * MINUTE, now],
    [now + 2 * MINUTE + 1, now + 2 * MINUTE + 1],
  ] as const) {
    expect(toldInstant(told, now)).toBe(is);
  }
});
