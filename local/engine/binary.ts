import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { CannotStart } from '../cannot-start.ts';

const NAME = platform() === 'win32' ? 'dynoxide.exe' : 'dynoxide';

/** The engine's program: npm's package for this platform, else one on the PATH. @throws CannotStart without either */
export function findBinary(): string {
  const packaged = `@dynoxide/${platform()}-${arch()}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${packaged}/package.json`)), NAME);
  } catch {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const candidate = join(folder, NAME);
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch {
        // not in this folder
      }
    }
  }
  throw new CannotStart(
    `no DynamoDB engine: ${packaged} isn't installed and there is no dynoxide on the PATH; ` +
      'or name a DynamoDB endpoint in HUIYIN_DYNAMODB_ENDPOINT',
  );
}
