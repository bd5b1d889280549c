import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/**
 * Synthesizes the CDK app into `cdk.out`, as the CDK CLI does and with the same context, and gives back the folder: the
 * template that would be deployed is what runs here.
 * @throws Error with what the app printed
 */
export const synthesize = async (): Promise<string> => {
  const outdir = join(ROOT, 'cdk.out');
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: unknown };
  // What CloudFormation would refuse is told by `npm run synth`: it takes as long as all the rest.
  const env = {
    ...process.env,
    MAPS: 'none',
    CDK_VALIDATION: 'false',
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify(context),
  };
  const app = spawn(process.execPath, [join(ROOT, 'infra', 'app.ts')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  app.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  app.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  // It ends with whoever asked for it: nobody else may be writing there at the next start.
  const end = () => void app.kill();
  process.once('exit', end);
  const status = await new Promise((resolve, reject) => {
    app.on('error', reject);
    app.on('close', resolve);
  });
  process.off('exit', end);
  if (status !== 0) throw new Error(`the CDK app ended with ${status}\n${printed}`);
  return outdir;
};
