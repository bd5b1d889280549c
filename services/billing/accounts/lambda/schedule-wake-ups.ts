import type { Aws } from '../../../../shared/aws/aws.ts';
import { scheduleWakeUps } from '../../../../shared/timers/schedule-wake-ups.ts';
import { STARTER, TIMED_EVENTS } from '../timed-events.ts';

export const entry = (aws: Aws) => {
  return scheduleWakeUps(aws, STARTER, TIMED_EVENTS);
};
