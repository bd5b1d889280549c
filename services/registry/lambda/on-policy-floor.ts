import { wire } from '../../../shared/aws/wiring.ts';
import { consume } from '../../../shared/lambda/consumer.ts';
import { shell } from '../../../shared/lambda/shell.ts';
import { onPolicyFloor } from '../on-policy-floor.ts';
import { registryIn } from '../store.ts';

const wired = wire();
export const handler = shell(consume(onPolicyFloor, { ...wired, registry: registryIn(wired.tables('registry')) }));
