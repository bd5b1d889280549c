import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

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

const ROOT = join(import.meta.dirname, '..', '..');
const OUT = join(ROOT, 'cdk.out', '.bundles');

/** One entry point with all it needs, minified, in a folder of its own. */
export const bundle = (entry: string): Code => {
  const outdir = join(OUT, entry.replaceAll(/[/.]/g, '-'));
  buildSync({
    entryPoints: { index: join(ROOT, entry) },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    keepNames: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: UNUSED,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return Code.fromAsset(outdir);
};
