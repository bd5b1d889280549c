import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LogLine } from '../record.ts';
import { printed, traceOf } from './trace.ts';

const USAGE = `usage: npm run trace -- ID [--data DIR]

  ID          a request (the instance of a problem, or request in the log) or an event (cmp_….3)
  --data DIR  where npm start keeps its data (.huiyin)`;

const ROOT = join(import.meta.dirname, '..', '..');
const LINE = /^(\S+) (\S+) (.*)$/;

const { values, positionals } = parseArgs({
  options: { data: { type: 'string', default: join(ROOT, '.huiyin') } },
  allowPositionals: true,
});
const [id] = positionals;
const file = join(values.data, 'functions.log');
if (id === undefined || !existsSync(file)) {
  console.error(id === undefined ? USAGE : `there is no ${file}: npm start writes it\n\n${USAGE}`);
  process.exit(2);
}
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .flatMap((text): LogLine[] => {
    const [, at = '', fn = '', line = ''] = LINE.exec(text) ?? [];
    return line === '' ? [] : [{ at: Date.parse(at), function: fn, line }];
  });
const traced = traceOf(lines, id);
if (traced.length === 0) {
  console.error(`nothing in ${file} was caused by ${id}`);
  process.exit(1);
}
for (const line of printed(traced)) console.log(line);
