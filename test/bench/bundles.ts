import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readDeployment } from '../../local/template/index.ts';
import { quantile } from './numbers.ts';

export const GOAL_KB = 450;
export const GOAL_IMPORT_MS = 80;
const RUNS = 5;

export interface Bundle {
  /** The functions that run it, by construct path. */
  functions: string[];
  kb: number;
  /** Median time to import it in a fresh process, ms. */
  importMs: number;
}

const IMPORT = `const from = performance.now();
await import(process.argv[1]);
process.stdout.write(String(performance.now() - from));
process.exit();`;

/** Size and import time of everything that would be deployed; relays share a bundle and stand in one line. */
export const measureBundles = (assembly: string): Bundle[] => {
  const { functions } = readDeployment(assembly);
  const byCode = Map.groupBy(functions, ({ code }) => code);
  return [...byCode]
    .map(([code, [first, ...others]]): Bundle => {
      const entry = join(code, readdirSync(code).find((name) => /^index\.m?js$/.test(name)) ?? 'index.mjs');
      const env = { ...first?.environment, AWS_REGION: 'us-east-1', TZ: 'UTC' };
      const idempotencyKey = () =>
        Number(
          execFileSync(process.execPath, ['--input-type=module', '-e', IMPORT, pathToFileURL(entry).href], {
            env,
            encoding: 'utf8',
          }),
        );
      const times = Array.from({ length: RUNS }, idempotencyKey);
      return {
        functions: [first, ...others].map((fn) => fn?.path ?? ''),
        kb: Math.round(statSync(entry).size / 1024),
        importMs: Math.round(quantile(times, 0.5)),
      };
    })
    .sort((a, b) => b.kb - a.kb);
};
