import { join } from 'node:path';
import { buildOf, ENTRIES, ROOT } from '../../infra/constructs/bundle.ts';
import { ADMIN } from '../demo/group.ts';
import type { Deployment, FunctionModel } from '../model.ts';
import { readDeployment } from '../template/read.ts';
import type { Entry } from './instances.ts';

/** What would be deployed, as it was synthesized; by default an API that only this process reaches. */
export const synthesized = (apiUrl?: string): Deployment =>
  readDeployment(join(ROOT, 'cdk.out'), {
    ...(apiUrl === undefined ? {} : { endpoints: { api: apiUrl } }),
    parameters: { OidcIssuer: 'https://issuer.invalid', OidcAudience: 'huiyin', AdminSubject: ADMIN },
  });

/** The entries of all functions, by the build that each runs. */
export const loadEntries = async ({ functions }: Deployment): Promise<(fn: FunctionModel) => Entry> => {
  const byBuild = new Map(ENTRIES.map((entry) => [buildOf(entry), entry]));
  const loaded = new Map<string, Entry>();
  for (const { environment, path } of functions) {
    const build = environment.BUILD ?? '';
    const entry = byBuild.get(build);
    if (!entry) throw new Error(`${path} runs no build there is: npm run synth`);
    if (!loaded.has(build)) loaded.set(build, ((await import(join(ROOT, entry))) as { entry: Entry }).entry);
  }
  return ({ environment }) => loaded.get(environment.BUILD ?? '') as Entry;
};
