import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
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

const read = (note: string): Built | undefined => {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as Built;
  } catch {
    // None yet, or one that was cut off: it is made again.
    return undefined;
  }
};

/**
 * Notes what something was made of, so that it isn't made again of the same; notes nothing where a file was written since it
 * was begun, which may not be what was read.
 * @param note the file of the note
 * @param begun when it was begun, ms
 */
export const noteBuilt = (
  note: string,
  top: string,
  { how, files, begun }: { how: string; files: readonly string[]; begun: number },
): void => {
  if (files.some((file) => statSync(join(top, file)).mtimeMs >= begun)) return;
  const built: Built = { how, files: [...files], hash: hashOf(top, files) };
  const whole = `${note}.${process.pid}`;
  writeFileSync(whole, JSON.stringify(built));
  renameSync(whole, note);
};

/** Whether it was made, in one of these ways, of what the files say now. */
export const isBuilt = (note: string, top: string, hows: readonly string[]): boolean => {
  const built = read(note);
  if (!built || !hows.includes(built.how) || !built.files.every((file) => existsSync(join(top, file)))) return false;
  return hashOf(top, built.files) === built.hash;
};
