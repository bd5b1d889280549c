import { startTimers } from '../../../shared/start-timer.ts';
import { contactPromised } from '../events.ts';

export const handler = startTimers('intake-start-timer', [contactPromised]);
