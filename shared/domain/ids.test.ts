import { expect, test } from 'vitest';
import { idsMade, newId } from './ids.ts';

const DAY = 86_400_000;

test('the ids of a day lie between its bounds, and before 1970 none lie', () => {
  const [from, before] = idsMade('contact', 10 * DAY, 11 * DAY);
  const id = newId('contact', 10 * DAY, () => 0.5);
  expect(from <= id && id < before).toBe(true);
  expect(newId('contact', 11 * DAY, () => 0) > before).toBe(true);
  const [first, last] = idsMade('contact', -DAY, 0);
  expect(newId('contact', 1, () => 0) > last && first < last).toBe(true);
});
