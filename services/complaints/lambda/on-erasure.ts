import { wireErasure } from '../../../shared/forgetting/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onErasure } from '../on-erasure.ts';
import { complaintsIn } from '../store.ts';

const { tables, deps } = wireErasure('complaints');
export const handler = bus(onErasure, { ...deps, complaints: complaintsIn(tables) });
