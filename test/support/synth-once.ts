import { synthesize } from '../../local/assembly.ts';

/**
 * The journeys run on the template that would be deployed; it is synthesized once for all of them, or, where `.ci/run` says that
 * its checks have just done it (`SYNTHESIZED=yes`), not again.
 */
export default async function setup(): Promise<void> {
  if (process.env.SYNTHESIZED !== 'yes') await synthesize();
}
