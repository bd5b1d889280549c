import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { isBuilt, noteBuilt } from './built.ts';

const top = mkdtempSync(join(tmpdir(), 'built-'));
const note = join(top, 'built.json');
const BEGUN = Date.UTC(2026, 10, 30, 8);
/** Writes a file at a moment, in s before or after it was begun. */
const write = (file: string, text: string, after = -60) => {
  writeFileSync(join(top, file), text);
  utimesSync(join(top, file), BEGUN / 1000 + after, BEGUN / 1000 + after);
};
const noted = () => noteBuilt(note, top, { how: 'all', files: ['a.ts', 'b.ts'], begun: BEGUN });

beforeEach(() => {
  rmSync(note, { force: true });
  write('a.ts', 'a');
  write('b.ts', 'b');
});
afterAll(() => rmSync(top, { recursive: true }));

test('what was made is made again when anything it is made of is changed or gone, or when it is asked for otherwise', () => {
  expect(isBuilt(note, top, ['all'])).toBe(false);
  noted();
  expect(isBuilt(note, top, ['all'])).toBe(true);
  expect(isBuilt(note, top, ['some', 'all'])).toBe(true);
  expect(isBuilt(note, top, ['some'])).toBe(false);
  write('a.ts', 'b');
  expect(isBuilt(note, top, ['all'])).toBe(false);
  write('a.ts', 'a');
  expect(isBuilt(note, top, ['all'])).toBe(true);
  rmSync(join(top, 'b.ts'));
  expect(isBuilt(note, top, ['all'])).toBe(false);
});

test('a file that is written while it is made may have been read before: it is made again', () => {
  write('b.ts', 'new', 1);
  noted();
  expect(isBuilt(note, top, ['all'])).toBe(false);
});

test('a note that was cut off says nothing', () => {
  noted();
  writeFileSync(note, '{"how":"all","fi');
  expect(isBuilt(note, top, ['all'])).toBe(false);
});
