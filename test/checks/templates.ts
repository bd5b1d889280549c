/**
 * `npm run synth:compare -- BEFORE [AFTER]`: how two synthesized systems (folders like `cdk.out`) differ apart from the hashes of
 * assets. A move of files is right when nothing is printed.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [before, after = 'cdk.out'] = process.argv.slice(2);
if (before === undefined)
  throw new Error('Which folder holds what was synthesized before? synth:compare -- BEFORE [AFTER]');

const HASH = /[0-9a-f]{64}/g;
const read = (folder: string, file: string): unknown =>
  JSON.parse(readFileSync(join(folder, file), 'utf8').replace(HASH, '…'));
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const differences = (was: unknown, is: unknown, path: string): string[] => {
  if (isObject(was) && isObject(is)) {
    const keys = new Set([...Object.keys(was), ...Object.keys(is)]);
    return [...keys].flatMap((key) => differences(was[key], is[key], `${path}.${key}`));
  }
  return was === is ? [] : [`${path}: ${JSON.stringify(was)?.slice(0, 100)} → ${JSON.stringify(is)?.slice(0, 100)}`];
};

const stacksOf = (folder: string) => globSync('*.template.json', { cwd: folder });
const stacks = [...new Set([...stacksOf(before), ...stacksOf(after)])].sort();
const found = stacks.flatMap((file) => {
  const missing = [before, after].filter((folder) => !stacksOf(folder).includes(file));
  return missing.length > 0 ? [`${file}: not in ${missing}`] : differences(read(before, file), read(after, file), file);
});
for (const difference of found) console.log(difference);
process.exitCode = stacks.length === 0 || found.length > 0 ? 1 : 0;
