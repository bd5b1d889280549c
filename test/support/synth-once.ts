import { synthesize } from '../../local/assembly.ts';

/** The journeys run on the template that would be deployed; it is synthesized once for all of them. */
export default async function setup(): Promise<void> {
  await synthesize();
}
