import type { Aws } from '../../../shared/aws/aws.ts';
import { wireErasure } from '../../../shared/forgetting/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onErasure } from '../on-erasure.ts';
import { callbacksIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const { tables, deps } = wireErasure(aws, 'callbacks');
  return bus(onErasure, { ...deps, callbacks: callbacksIn(tables) });
};
