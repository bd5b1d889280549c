import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotStart } from './cannot-start.ts';

const LOCK = 'lock.db';
const HOLDER = 'lock.pid';

/** A folder with the data of one cloud, in the hands of this process alone. */
export interface DataFolder {
  path: string;
  /** Deletes everything in it; call it before anything of it is open. */
  empty(): void;
  release(): void;
}

/**
 * Takes a folder, made when missing, before anything in it is read or deleted. The operating system keeps the lock, so that
 * it goes with the process, however that ends.
 * @throws CannotStart when another cloud has it
 */
export const takeFolder = (path: string): DataFolder => {
  mkdirSync(path, { recursive: true });
  const lock = new DatabaseSync(join(path, LOCK));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new CannotStart(`${path} is in use by process ${holderOf(path)}; stop it first, or name another folder`);
  }
  writeFileSync(join(path, HOLDER), String(process.pid));
  return {
    path,
    empty() {
      for (const name of readdirSync(path)) {
        if (!name.startsWith(LOCK) && name !== HOLDER) rmSync(join(path, name), { recursive: true, force: true });
      }
    },
    release: () => lock.close(),
  };
};

const holderOf = (path: string): string => {
  try {
    return readFileSync(join(path, HOLDER), 'utf8');
  } catch {
    return '(unknown)';
  }
};
