import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './services.ts';

/**
 * A registry that lacks a tool's builds for other platforms makes npm leave them out of the lock, which `npm ci` then
 * refuses. Writes them in by name and version: never fetched where they don't fit. With `--check`, fails if any is missing.
 */
interface Locked {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const FILE = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Record<string, Locked> };
const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Whether a package finds another in its own folder or one above, as Node does. */
const finds = (from: string, name: string): boolean => {
  if (lock.packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`]) return true;
  return from !== '' && finds(from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)), name);
};

/** Which platform a build is for, as its name says: `binding-linux-x64-musl`. */
const platformOf = (name: string): Pick<Locked, 'os' | 'cpu' | 'libc'> => {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  const os = words.filter((word) => OS.includes(word));
  const cpu = words.filter((word) => CPU.includes(word));
  if (os.length !== 1) throw new Error(`${name} doesn't say which system it is for`);
  return { os, ...(cpu.length > 0 ? { cpu } : {}), ...(libc ? { libc: [libc] } : {}) };
};

const missing = Object.entries(lock.packages).flatMap(([from, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !finds(from, name))
    .map(([name, version]): [string, Locked] => [
      `node_modules/${name}`,
      { version: version.replace(/^[~^]/, ''), ...(dev ? { dev } : {}), optional: true, ...platformOf(name) },
    ]),
);

if (process.argv.includes('--check')) {
  for (const [path] of missing) console.error(`package-lock.json lacks ${path}: run node test/checks/lock.ts`);
  process.exitCode = missing.length > 0 ? 1 : 0;
} else {
  const sorted = Object.entries(lock.packages).concat(missing);
  sorted.sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`${missing.length} written`);
}
