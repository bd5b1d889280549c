import type { StartKey } from '../figures/contract-store.ts';
import type { Done } from './rebuild-chains-store.ts';
import type { Difference } from './rebuild-store.ts';

/** Something that isn't as the journals say, and how to put it right. */
export interface Finding {
  difference: Difference;
  repair(): Promise<void>;
}

/** What one step of a rebuild looked at and found, and where the next one begins; the last has none. */
export interface RebuildPage extends Done {
  findings: Finding[];
  next: StartKey | undefined;
}

/** What puts several findings right together, and is done with the first of them. */
export const together = (repair: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => {
    done ??= repair();
    return done;
  };
};

/** How often something that moves while it is looked at is looked at again at once. */
const ROUNDS = 3;

export const settledFindings = async (compare: () => Promise<Finding[]>): Promise<Finding[]> => {
  let found = await compare();
  for (let again = 1; again < ROUNDS && found.length > 0; again++) found = await compare();
  return found;
};
