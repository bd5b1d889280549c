import { startTimers } from '../../../../shared/timers/start-timer.ts';
import { PUNCTUAL, STARTER } from '../punctual.ts';

export const handler = startTimers(STARTER, PUNCTUAL);
