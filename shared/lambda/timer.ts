import { type Ask, ask, type Told } from '../timers/timers.ts';
import { shell } from './shell.ts';

/** The Lambda entry that an execution asks when it has waited; it carries what led to its start. */
export const timer = (...of: Parameters<typeof ask>) =>
  shell<Ask, Told>(ask(...of), { origin: ({ cause }) => ({ cause }) });
