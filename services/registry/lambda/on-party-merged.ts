import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onPartyMerged } from '../on-party-merged.ts';
import { registryIn } from '../store.ts';

const wired = wire();
export const handler = shell(consume(onPartyMerged, { ...wired, registry: registryIn(wired.tables('registry')) }));
