import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Kept } from '../kept.ts';
import type { Target } from '../model.ts';

/** EventBridge and Scheduler back off exponentially; their ceiling is not documented, a quarter of an hour is taken. */
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 15 * 60_000;

/** One event for one target of a rule or schedule. */
export interface Delivery {
  /** What sends: `RULE_ARN` or `SCHEDULE_ARN` in a dead letter's attributes. */
  sender: { attribute: string; arn: string };
  target: Target;
  input: unknown;
  firstTriedAt: number;
  tries: number;
  due: number;
}

export interface DeliveriesOptions {
  clock: Clock;
  kept: Kept;
  /** Hands the input to the target; throwing (with a `code`) means that it wasn't accepted. */
  hand(target: Target, input: unknown): void;
  sendToQueue(queueArn: string, body: unknown, attributes: Record<string, string>): void;
  onDropped(delivery: Delivery, error: Error): void;
}

/**
 * Hands events to targets with the target's retry policy and dead-letter queue. A function that was handed an event and
 * fails is Lambda's to retry (see async-invokes); what is retried here is only what a target would not accept.
 */
export interface Deliveries {
  deliver(sender: Delivery['sender'], target: Target, input: unknown): void;
  resume(): void;
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { clock, kept } = options;

  function attempt(id: string, delivery: Delivery): void {
    try {
      options.hand(delivery.target, delivery.input);
      if (delivery.tries > 0) kept.drop('delivery', id);
    } catch (error) {
      failed(id, delivery, error as Error);
    }
  }

  function failed(id: string, delivery: Delivery, error: Error): void {
    const { target } = delivery;
    const delay = Math.min(FIRST_DELAY_MS * 2 ** delivery.tries, LONGEST_DELAY_MS);
    const due = clock.now() + delay;
    const exhausted = delivery.tries >= target.retries;
    if (!exhausted && due <= delivery.firstTriedAt + target.maxAgeMs) {
      const next = { ...delivery, tries: delivery.tries + 1, due };
      kept.put('delivery', id, next);
      schedule(id, next);
      return;
    }
    if (target.deadLetter) {
      options.sendToQueue(target.deadLetter, delivery.input, {
        [delivery.sender.attribute]: delivery.sender.arn,
        TARGET_ARN: target.arn,
        ERROR_CODE: (error as { code?: string }).code ?? 'SDK_CLIENT_ERROR',
        ERROR_MESSAGE: error.message,
        EXHAUSTED_RETRY_CONDITION: exhausted ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds',
        RETRY_ATTEMPTS: String(delivery.tries),
      });
    } else options.onDropped(delivery, error);
    kept.drop('delivery', id);
  }

  function schedule(id: string, delivery: Delivery): void {
    clock.at(delivery.due, 'delivery retry', () => attempt(id, delivery));
  }

  return {
    deliver(sender, target, input) {
      const now = clock.now();
      attempt(randomUUID(), { sender, target, input, firstTriedAt: now, tries: 0, due: now });
    },
    resume() {
      for (const { key, value } of kept.all<Delivery>('delivery')) schedule(key, value);
    },
  };
}
