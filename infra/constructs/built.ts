import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was made last. */
interface Built {
  /** What was asked for. */
  how: string;
  /** What it was made of, from the top. */
  files: string[];
  hash: string;
}

const hashOf = (top: string, files: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(join(top, file));
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
};

/** Notes what something was made of, so that it isn't made again of the same. @param note the file of the note */
export const noteBuilt = (note: string, top: string, how: string, files: readonly string[]): void => {
  writeFileSync(note, JSON.stringify({ how, files: [...files], hash: hashOf(top, files) } satisfies Built));
};

/** Whether it was made, in this way, of what the files say now. */
export const isBuilt = (note: string, top: string, how: string): boolean => {
  if (!existsSync(note)) return false;
  const built = JSON.parse(readFileSync(note, 'utf8')) as Built;
  if (built.how !== how || !built.files.every((file) => existsSync(join(top, file)))) return false;
  return hashOf(top, built.files) === built.hash;
};
