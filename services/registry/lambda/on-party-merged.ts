import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onPartyMerged } from '../on-party-merged.ts';
import { registryIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  return bus(onPartyMerged, { ...wired, registry: registryIn(wired.tables('registry')) });
};
