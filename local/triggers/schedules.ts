import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import type { Clock } from '../clock.ts';
import type { ScheduleModel } from '../model.ts';
import type { Deliveries } from './deliveries.ts';

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Registers every enabled schedule with the clock; gives each firing to the deliveries. */
export function startSchedules(
  schedules: ScheduleModel[],
  clock: Clock,
  deliveries: Deliveries,
  onFired: (schedule: ScheduleModel) => void,
): void {
  for (const schedule of schedules.filter(({ enabled }) => enabled)) {
    const next = nextFiring(schedule.expression, schedule.timezone);
    const arm = (after: number): void => {
      const instant = next(after);
      if (instant === undefined) return;
      clock.at(instant, `schedule ${schedule.name}`, () => {
        // A clock that runs fast may be late for more than one firing; each of them happens, in order.
        arm(instant);
        onFired(schedule);
        const sender = { attribute: 'SCHEDULE_ARN', arn: schedule.arn };
        deliveries.deliver(sender, schedule.target, inputOf(schedule, instant));
      });
    };
    arm(clock.now());
  }
}

/** Gives the first firing after an instant (ms), or none. Throws on an expression that isn't AWS's. */
export function nextFiring(expression: string, timezone: string): (after: number) => number | undefined {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const step = Number(rate[1]) * UNIT_MS[rate[2]!]!;
    // On a fixed grid rather than from the moment of starting: a cloud restarted every ten minutes still fires.
    return (after) => (Math.floor(after / step) + 1) * step;
  }
  const at = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression);
  const pattern = at ? at[1]! : cronPattern(expression);
  const cron = new Cron(pattern, { timezone, paused: true });
  return (after) => cron.nextRun(new Date(after))?.getTime();
}

/** AWS's six fields (minute … year, days of week 1–7 from Sunday) as croner's seven (second … year, 0–6). */
function cronPattern(expression: string): string {
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) throw new Error(`Unknown schedule expression ${expression}`);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [string, string, string, string, string, string];
  const day = (field: string) => (field === '?' ? '*' : field);
  const weekday = day(dayOfWeek).replace(/(^|[,-])([1-7])(?=$|[,\-#L])/g, (_, before: string, n: string) => {
    return `${before}${Number(n) - 1}`;
  });
  return `0 ${minute} ${hour} ${day(dayOfMonth)} ${month} ${weekday} ${year}`;
}

function inputOf(schedule: ScheduleModel, instant: number): unknown {
  const input = (schedule.target.input ?? '{}').replace(/<aws\.scheduler\.([\w-]+)>/g, (_, name: string) => {
    if (name === 'scheduled-time') return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
    if (name === 'schedule-arn') return schedule.arn;
    if (name === 'execution-id') return randomUUID();
    if (name === 'attempt-number') return '1';
    throw new Error(`Unknown Scheduler context attribute <aws.scheduler.${name}>`);
  });
  return JSON.parse(input);
}
