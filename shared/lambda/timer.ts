import { onTimer, type TimerAnswer, type TimerInput } from '../timers/timers.ts';
import { shell } from './shell.ts';

/** The Lambda entry that an execution asks when it has waited; it carries what led to its start. */
export const timer = (...of: Parameters<typeof onTimer>) =>
  shell<TimerInput, TimerAnswer>(onTimer(...of), { origin: ({ cause }) => ({ cause }) });
