import { wireErasure } from '../../../shared/forgetting/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onErasure } from '../on-erasure.ts';
import { callbacksIn } from '../store.ts';

const { tables, deps } = wireErasure('callbacks');
export const handler = bus(onErasure, { ...deps, callbacks: callbacksIn(tables) });
