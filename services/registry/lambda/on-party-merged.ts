import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onPartyMerged } from '../on-party-merged.ts';
import { registryIn } from '../store.ts';

const wired = wire();
export const handler = bus(onPartyMerged, { ...wired, registry: registryIn(wired.tables('registry')) });
