import { wireErasure } from '../../../shared/forgetting/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { theirsIn } from '../kept.ts';
import { onErasure } from '../on-erasure.ts';

const { tables, deps } = wireErasure('billing');
export const handler = bus(onErasure, { ...deps, journals: theirsIn(tables) });
