import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';
import { BUILD_LENGTH } from '../../shared/lambda/shell.ts';
import { isBuilt, noteBuilt } from './built.ts';

/**
 * Credential providers a function never uses (it has its role's): left out, they save 110 KB of every bundle. They are
 * imported only when asked for, and the Lambda runtime has them.
 */
const UNUSED = [
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/nested-clients/*',
];

/** For fonts in WOFF2, which we have none of: half a megabyte of dictionary. */
const ABSENT = { 'brotli/decompress.js': join(import.meta.dirname, 'absent.ts') };

/** How a module of ours names a file that lies beside it, read when it runs: a font. */
const BESIDE = /new URL\('\.\/([^']+)', import\.meta\.url\)/g;

export const ROOT = join(import.meta.dirname, '..', '..');
const OUT = join(ROOT, 'cdk.out', '.bundles');
const MAPS = join(ROOT, 'cdk.out', '.maps');
const CODE = 'index.mjs';

/** Which build a function runs: the hash of its code, so that the same sources are the same build wherever they are bundled. */
export const buildOf = (entry: string): string =>
  createHash('sha256')
    .update(readFileSync(join(folderOf(entry), CODE)))
    .digest('hex');

/** Where a build's source map lies, beside what is deployed and never in it. @param build its hash, or as much of it as the log says */
export const mapOf = (build: string): string => join(MAPS, `${build.slice(0, BUILD_LENGTH)}.map`);

/** Where the code of a function lies: one entry point with all it needs. @param entry as `bundleAll` knows it */
export const folderOf = (entry: string): string => join(OUT, entry.replaceAll(/[/.]/g, '-'));

/** Every entry point there is, named from the top of the repository. */
export const ENTRIES: readonly string[] = globSync(['services/**/lambda/*.ts', 'shared/lambda/relay.ts'], {
  cwd: ROOT,
});

/** What Lambda runs: an instance of the entry, made of what there is on Lambda. */
const INSTANCE = 'instance';
const instances: Plugin = {
  name: INSTANCE,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^instance:/ }, ({ path }) => ({ path: path.slice(INSTANCE.length + 1), namespace: INSTANCE }));
    onLoad({ filter: /./, namespace: INSTANCE }, ({ path }) => ({
      contents:
        `import { entry } from './${path}';import { onLambda } from './shared/aws/on-lambda.ts';` +
        'export const handler = entry(onLambda);',
      resolveDir: ROOT,
    }));
  },
};

/** Entry points in one go: what they have in common is read and parsed once, and half a gigabyte is taken. */
const AT_ONCE = 18;

/** Besides our own code, what bundles are made of: the packages that are installed, and how it is done. */
const ALSO = [
  'node_modules/.package-lock.json',
  'package.json',
  'tsconfig.json',
  ...['bundle.ts', 'absent.ts'].map((file) => relative(ROOT, join(import.meta.dirname, file))),
];

/**
 * Builds all bundles that would be deployed, unless they are there and nothing of theirs has changed.
 * @param options `maps`: whether their source maps are kept, which takes as long again
 */
export const bundleAll = async ({ maps }: { maps: boolean }): Promise<void> => {
  const note = join(OUT, 'built.json');
  const how = (withMaps: boolean) => JSON.stringify([ENTRIES, withMaps]);
  const areThere = ENTRIES.every((entry) => existsSync(join(folderOf(entry), CODE)));
  if (areThere && isBuilt(note, ROOT, maps ? [how(true)] : [how(true), how(false)])) return;
  const begun = Date.now();
  rmSync(OUT, { recursive: true, force: true });
  // Those of before can be made again from their commit.
  if (maps) rmSync(MAPS, { recursive: true, force: true });
  const files = [...(await bundle(ENTRIES, { maps })), ...ALSO];
  noteBuilt(note, ROOT, { how: how(maps), files, begun });
};

/** Builds the bundles of entry points, minified, each in a folder of its own. @returns the files of ours that they are made of */
export const bundle = async (entries: readonly string[], { maps }: { maps: boolean }): Promise<string[]> => {
  // Each process of esbuild ends before its memory is worth collecting: that took it a third of its time.
  process.env.GOGC ??= 'off';
  const files = new Set<string>();
  for (let first = 0; first < entries.length; first += AT_ONCE) {
    for (const file of await bundleTogether(entries.slice(first, first + AT_ONCE), maps)) files.add(file);
    await stop();
  }
  if (maps) {
    mkdirSync(MAPS, { recursive: true });
    for (const entry of entries) renameSync(join(folderOf(entry), `${CODE}.map`), mapOf(buildOf(entry)));
  }
  return [...files];
};

/** @returns the files of ours that they are made of */
const bundleTogether = async (entries: readonly string[], maps: boolean): Promise<string[]> => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: entries.map((entry) => ({ in: `${INSTANCE}:${entry}`, out: join(folderOf(entry), 'index') })),
    plugins: [instances],
    outdir: OUT,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    // External: the code doesn't change by it, nor is it told of it.
    sourcemap: maps && 'external',
    sourcesContent: false,
    keepNames: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: UNUSED,
    alias: ABSENT,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
    metafile: true,
  });
  const modules = Object.keys(metafile.inputs).filter((module) => !/node_modules|^instance:/.test(module));
  const beside = new Map(modules.map((module) => [module, besideOf(join(ROOT, module))]));
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    for (const [file, path] of Object.keys(inputs).flatMap((module) => beside.get(module) ?? [])) {
      cpSync(path, join(dirname(join(ROOT, output)), file));
    }
  }
  return [...modules, ...[...beside.values()].flat().map(([, path]) => relative(ROOT, path))];
};

/** What a module reads from beside it: its name there, which is its name beside the bundle, and where it lies. */
const besideOf = (module: string): [file: string, path: string][] => {
  const files = [...readFileSync(module, 'utf8').matchAll(BESIDE)].map(([, file]) => file as string);
  return files.map((file) => [file, join(dirname(module), file)]);
};
