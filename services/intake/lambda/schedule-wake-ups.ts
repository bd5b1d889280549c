import { scheduleWakeUps } from '../../../shared/timers/schedule-wake-ups.ts';
import { STARTER, TIMED_EVENTS } from '../timed-events.ts';

export const handler = scheduleWakeUps(STARTER, TIMED_EVENTS);
