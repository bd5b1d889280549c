import type { Aws } from '../../../shared/aws/aws.ts';
import { wireErasure } from '../../../shared/forgetting/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { theirsIn } from '../kept.ts';
import { onErasure } from '../on-erasure.ts';

export const entry = (aws: Aws) => {
  const { tables, deps } = wireErasure(aws, 'billing');
  return bus(onErasure, { ...deps, journals: theirsIn(tables) });
};
