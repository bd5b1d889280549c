import { wireErasure } from '../../../shared/forgetting/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onErasure } from '../on-erasure.ts';
import { registryIn } from '../store.ts';

const { tables, deps } = wireErasure('registry');
export const handler = bus(onErasure, { ...deps, registry: registryIn(tables) });
