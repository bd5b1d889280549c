import { startTimers } from '../../../shared/start-timer.ts';
import { PUNCTUAL, STARTER } from '../accounts/punctual.ts';

export const handler = startTimers(STARTER, PUNCTUAL);
