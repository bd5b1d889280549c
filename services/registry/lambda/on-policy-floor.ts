import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { onPolicyFloor } from '../on-policy-floor.ts';
import { registryIn } from '../store.ts';

const wired = wire();
export const handler = consume(onPolicyFloor, { ...wired, registry: registryIn(wired.tables('registry')) });
