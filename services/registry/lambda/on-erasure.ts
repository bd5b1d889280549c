import type { Aws } from '../../../shared/aws/aws.ts';
import { wireErasure } from '../../../shared/forgetting/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onErasure } from '../on-erasure.ts';
import { registryIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const { tables, deps } = wireErasure(aws, 'registry');
  return bus(onErasure, { ...deps, registry: registryIn(tables) });
};
