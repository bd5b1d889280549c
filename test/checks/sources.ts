import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './services.ts';

/** Rules about the sources that no linter knows: where time and chance come from, and how long a file may be. */

/** Tests, what only they stand on, and the tables in memory may make up both. */
const TEST = /\.test\.ts$|\/testing[^/]*\.ts$|\/testing\/|^shared\/memory-tables\//;
const TIME_AND_CHANCE = /Date\.now\(|new Date\(|Math\.random\(|Temporal\.Now|performance\.now\(/;
const CLOCK = 'shared/time/clock.ts';
/** What would outlive an instance, or come from elsewhere than what it is made of: the simulator kills instances, and makes them anew. */
const AMBIENT = /^(?:export )?let |process\.env|setTimeout\(|setInterval\(|setImmediate\(|random(?:UUID|Int|Bytes)\(/;
/** Where an instance is made, or what it has around it is asked for; and a font, which is read once. */
const WIRING = /^shared\/(?:aws\/(?:on-lambda|retry)|lambda\/(?:run|log|shell)|paper\/font)\.ts$/;
/** A width that a number may outgrow. A serial is padded for people; its keys aren't. */
const PADDED = /padStart\((?:[5-9]|\d\d)/;
const SERIALS = 'services/billing/receipts/book.ts';
/** About two screens is what we aim at; beyond this it is two files. */
const LINES = 300;

const faults = globSync('{services,shared,infra,local,test}/**/*.ts', { cwd: ROOT })
  .sort()
  .flatMap((file) => {
    const lines = readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n');
    const deployed = /^(services|shared)\//.test(file) && file !== CLOCK && !TEST.test(file);
    return [
      ...(lines.length > LINES ? [`${file}: ${lines.length} lines; more than ${LINES} are two files`] : []),
      ...(deployed
        ? lines.flatMap((line, i) => [
            ...(TIME_AND_CHANCE.test(line)
              ? [`${file}:${i + 1}: time and chance come in as arguments; see ${CLOCK}`]
              : []),
            ...(AMBIENT.test(line) && !WIRING.test(file)
              ? [`${file}:${i + 1}: an instance keeps nothing but what it was given; see shared/aws/aws.ts`]
              : []),
            ...(PADDED.test(line) && file !== SERIALS
              ? [`${file}:${i + 1}: a number in a key has no width; see shared/journal/ordered.ts`]
              : []),
          ])
        : []),
    ];
  });

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
