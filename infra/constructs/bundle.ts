import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { build, type Plugin } from 'esbuild';
import { BUILD_LENGTH } from '../../shared/lambda/shell.ts';

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

/** The code of a function: one entry point with all it needs. @param entry as `bundleAll` knows it */
export const bundle = (entry: string): Code => Code.fromAsset(folderOf(entry));

/** Which build a function runs: the hash of its code, so that the same sources are the same build wherever they are bundled. */
export const buildOf = (entry: string): string =>
  createHash('sha256')
    .update(readFileSync(join(folderOf(entry), CODE)))
    .digest('hex');

/** Where a build's source map lies, beside what is deployed and never in it. @param build its hash, or as much of it as the log says */
export const mapOf = (build: string): string => join(MAPS, `${build.slice(0, BUILD_LENGTH)}.map`);

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

/**
 * Builds the bundles of entry points, minified, each in a folder of its own. All in one go, since what they have in common is
 * read and parsed once then: a call for each took four fifths of every synth.
 * @param options `maps`: whether their source maps are kept, which takes as long again
 */
export const bundleAll = async (entries = ENTRIES, { maps = true } = {}): Promise<void> => {
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
  const beside = new Map(Object.keys(metafile.inputs).map((module) => [module, besideOf(join(ROOT, module))]));
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    for (const [file, path] of Object.keys(inputs).flatMap((module) => beside.get(module) ?? [])) {
      cpSync(path, join(dirname(join(ROOT, output)), file));
    }
  }
  if (!maps) return;
  // Those of before can be made again from their commit.
  if (entries === ENTRIES) rmSync(MAPS, { recursive: true, force: true });
  mkdirSync(MAPS, { recursive: true });
  for (const entry of entries) renameSync(join(folderOf(entry), `${CODE}.map`), mapOf(buildOf(entry)));
};

/** What a module reads from beside it: its name there, which is its name beside the bundle, and where it lies. */
const besideOf = (module: string): [file: string, path: string][] => {
  if (module.includes('node_modules') || module.includes(`${INSTANCE}:`)) return [];
  const files = [...readFileSync(module, 'utf8').matchAll(BESIDE)].map(([, file]) => file as string);
  return files.map((file) => [file, join(dirname(module), file)]);
};
