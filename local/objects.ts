import { existsSync, globSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AwsError } from './aws-error.ts';

export interface Stored {
  key: string;
  bytes: number;
  /** ISO 8601, wall time. */
  modifiedAt: string;
}

/**
 * The objects of all buckets, each a file under its key in a folder of its bucket, so that any tool can read them from
 * outside. Their types and metadata are not kept.
 */
export interface Objects {
  /** @throws AwsError for a key that is no file's name */
  put(bucket: string, key: string, bytes: Uint8Array): void;
  /** @throws AwsError NoSuchKey */
  get(bucket: string, key: string): Buffer;
  /** Those whose keys begin so, in the order of their keys. */
  list(bucket: string, prefix: string): Stored[];
  folderOf(bucket: string): string;
}

/** While it is being written, a file has this end and is no object. */
const WRITING = '.writing';

export function openObjects(folder: string): Objects {
  const folderOf = (bucket: string) => join(folder, bucket);
  const fileOf = (bucket: string, key: string) => {
    const odd = key.endsWith(WRITING) || key.split('/').some((part) => part === '' || part === '.' || part === '..');
    if (odd)
      throw new AwsError('InvalidRequest', `here an object is a file, and ${JSON.stringify(key)} is no file's name`);
    return join(folderOf(bucket), key);
  };
  return {
    put(bucket, key, bytes) {
      const file = fileOf(bucket, key);
      mkdirSync(dirname(file), { recursive: true });
      // Whole or not at all, as S3 has it.
      writeFileSync(file + WRITING, bytes);
      renameSync(file + WRITING, file);
    },
    get(bucket, key) {
      const file = fileOf(bucket, key);
      if (!existsSync(file)) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      return readFileSync(file);
    },
    list(bucket, prefix) {
      const under = folderOf(bucket);
      return globSync('**', { cwd: under, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith(WRITING))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => ({ file, key: file.slice(under.length + 1).replaceAll('\\', '/') }))
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ file, key }) => {
          const { size, mtime } = statSync(file);
          return { key, bytes: size, modifiedAt: mtime.toISOString() };
        });
    },
    folderOf,
  };
}
