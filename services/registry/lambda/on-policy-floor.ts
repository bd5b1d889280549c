import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onPolicyFloor } from '../on-policy-floor.ts';
import { registryIn } from '../store.ts';

const wired = wire();
export const handler = consume(onPolicyFloor, { ...wired, registry: registryIn(wired.tables('registry')) });
