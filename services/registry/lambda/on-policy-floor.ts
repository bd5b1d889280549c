import { wire } from '../../../shared/aws/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onPolicyFloor } from '../on-policy-floor.ts';
import { registryIn } from '../store.ts';

const wired = wire();
export const handler = bus(onPolicyFloor, { ...wired, registry: registryIn(wired.tables('registry')) });
