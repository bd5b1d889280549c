import { wireErasure } from '../../../shared/forgetting/wiring.ts';
import { bus } from '../../../shared/lambda/bus.ts';
import { onErasure } from '../on-erasure.ts';
import { contactsIn } from '../store.ts';

const { tables, deps } = wireErasure('contacts');
export const handler = bus(onErasure, { ...deps, contacts: contactsIn(tables) });
