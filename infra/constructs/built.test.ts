import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isBuilt, noteBuilt } from './built.ts';

test('what was made is made again when anything it is made of is changed or gone, or when it is asked for otherwise', () => {
  const top = mkdtempSync(join(tmpdir(), 'built-'));
  try {
    const note = join(top, 'built.json');
    const write = (file: string, text: string) => writeFileSync(join(top, file), text);
    write('a.ts', 'a');
    write('b.ts', 'b');
    expect(isBuilt(note, top, 'all')).toBe(false);
    noteBuilt(note, top, 'all', ['a.ts', 'b.ts']);
    expect(isBuilt(note, top, 'all')).toBe(true);
    expect(isBuilt(note, top, 'some')).toBe(false);
    write('a.ts', 'b');
    expect(isBuilt(note, top, 'all')).toBe(false);
    write('a.ts', 'a');
    expect(isBuilt(note, top, 'all')).toBe(true);
    rmSync(join(top, 'b.ts'));
    expect(isBuilt(note, top, 'all')).toBe(false);
  } finally {
    rmSync(top, { recursive: true });
  }
});
