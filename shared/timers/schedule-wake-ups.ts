import { SFNClient } from '@aws-sdk/client-sfn';
import type * as z from 'zod';
import type { Aws } from '../aws/aws.ts';
import type { EventDef } from '../domain/events.ts';
import { nextRungAt, type Obligation } from '../domain/obligation.ts';
import { bus, consumerFor } from '../lambda/bus.ts';
import type { Clock, Instant } from '../time/clock.ts';
import { HORIZON, type ScheduleWakeUp, wakeUpScheduler } from './timers.ts';

/** An event that opens obligations, or says when to wake up besides. */
type Opening = EventDef<string, z.ZodType<{ opens?: Obligation[] | undefined; wake?: Instant | null | undefined }>>;

/**
 * In: an event that opened obligations whose kind must be punctual. Out: the execution that wakes for the first wake-up
 * at them. A wake-up beyond the horizon is left to the sweep, which starts it when it has come near; so is any start that
 * fails for good. Starting twice is starting once: the execution's name follows from the aggregate and the time.
 */
export const onTimedEvent = <const D extends Opening>(name: string, events: readonly D[]) =>
  consumerFor<{ start: ScheduleWakeUp; clock: Clock }>()<D>({
    name,
    events,
    async handle(event, { start, clock }) {
      const { site, aggregate, data } = event as unknown as {
        site: string;
        aggregate: string;
        data: z.output<Opening['data']>;
      };
      const wakeAt = Math.min(nextRungAt(data.opens ?? []) ?? Infinity, data.wake ?? Infinity);
      if (wakeAt <= clock() + HORIZON) await start(site, aggregate, wakeAt);
    },
  });

/** The Lambda entry: `MACHINE_ARN` names the state machine that waits and asks. */
export const scheduleWakeUps = <const D extends Opening>(aws: Aws, name: string, events: readonly D[]) =>
  bus(onTimedEvent(name, events), {
    start: wakeUpScheduler(
      aws.client(SFNClient, () => new SFNClient({})),
      aws.required('MACHINE_ARN'),
    ),
    clock: aws.clock,
  });
