import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onPartyMerged } from '../on-party-merged.ts';
import { registryIn } from '../store.ts';

const wired = wire();
export const handler = consume(onPartyMerged, { ...wired, registry: registryIn(wired.tables('registry')) });
