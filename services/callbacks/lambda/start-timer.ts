import { shell } from '../../../shared/lambda/shell.ts';
import { startTimers } from '../../../shared/timers/start-timer.ts';
import { PUNCTUAL, STARTER } from '../punctual.ts';

export const handler = shell(startTimers(STARTER, PUNCTUAL));
