import { createHash, randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { Kept } from '../kept.ts';
import type { QueueModel } from '../model.ts';

/** A FIFO queue forgets a deduplication id after five minutes. */
const DEDUPLICATION_MS = 5 * 60_000;

export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

export interface Message {
  id: string;
  body: string;
  attributes: Record<string, MessageAttribute>;
  groupId?: string;
  dedupId?: string;
  sentAt: number;
  visibleAt: number;
  firstReceivedAt?: number;
  receives: number;
  /** `id:random`; proves the latest receipt. */
  receipt?: string;
  /** Where a dead letter came from. */
  origin?: string;
}

/** A message as it is sent; `delay` in ms overrides the queue's. */
export interface Outgoing {
  body: string;
  attributes?: Record<string, MessageAttribute>;
  groupId?: string;
  dedupId?: string;
  delay?: number;
}

/** One SQS queue: visibility, delay, redrive, retention and FIFO order, all in clock time. */
export class Queue {
  readonly model: QueueModel;
  readonly #clock: Clock;
  readonly #kept: Kept;
  readonly #deadLetters: () => Queue | undefined;
  readonly #messages = new Map<string, Message>();
  readonly #recent = new Map<string, { at: number; id: string }>();
  /** In a function's hands: invisible whatever the clock says, since on a fast clock seconds pass within an invocation. */
  readonly #held = new Set<string>();
  /** Told whenever a message may have become visible. */
  onVisible: () => void = () => undefined;

  constructor(model: QueueModel, clock: Clock, kept: Kept, deadLetters: () => Queue | undefined) {
    this.model = model;
    this.#clock = clock;
    this.#kept = kept;
    this.#deadLetters = deadLetters;
    for (const { value } of kept.all<Message>(`sqs:${model.name}`)) this.#messages.set(value.id, value);
  }

  /** Timers for what an earlier process left invisible, and a first look. */
  resume(): void {
    for (const message of this.#messages.values()) this.#wakeAt(message.visibleAt);
    if (this.#messages.size > 0) this.onVisible();
  }

  messages(): Message[] {
    return [...this.#messages.values()];
  }

  send(outgoing: Outgoing): Message {
    const now = this.#clock.now();
    const dedupId = this.model.fifo ? this.#dedupId(outgoing) : undefined;
    const recent = dedupId === undefined ? undefined : this.#recent.get(dedupId);
    const id = recent && recent.at > now - DEDUPLICATION_MS ? recent.id : randomUUID();
    const message: Message = {
      id,
      body: outgoing.body,
      attributes: outgoing.attributes ?? {},
      ...(outgoing.groupId === undefined ? {} : { groupId: outgoing.groupId }),
      ...(dedupId === undefined ? {} : { dedupId }),
      sentAt: now,
      visibleAt: now + (outgoing.delay ?? this.model.delay),
      receives: 0,
    };
    if (id === recent?.id) return message;
    if (dedupId !== undefined) this.#recent.set(dedupId, { at: now, id });
    this.#store(message);
    this.#wakeAt(message.visibleAt);
    return message;
  }

  /** Takes up to `most` visible messages and hides them for `visibility` ms; those received too often move on. */
  receive(most: number, visibility: number = this.model.visibility, hold = false): Message[] {
    const now = this.#clock.now();
    const received: Message[] = [];
    const busyGroups = new Set<string>();
    for (const message of this.#messages.values()) {
      if (received.length >= most) break;
      if (message.sentAt + this.model.retention <= now) this.#remove(message);
      else if (message.groupId !== undefined && busyGroups.has(message.groupId)) continue;
      else if (message.visibleAt > now || this.#held.has(message.id)) {
        if (this.model.fifo) busyGroups.add(message.groupId!);
      } else if (!this.#redrive(message)) {
        message.receives++;
        message.receipt = `${message.id}:${randomUUID()}`;
        message.firstReceivedAt ??= now;
        if (hold) this.#held.add(message.id);
        this.#hide(message, visibility);
        received.push(message);
      }
    }
    return received;
  }

  /** Gives back what a function did not finish: visible again once its visibility has passed. */
  release(message: Message): void {
    this.#held.delete(message.id);
    if (message.visibleAt <= this.#clock.now()) this.onVisible();
  }

  /** Deleting with an old receipt, or twice, is fine with SQS: the standard queue may just deliver again. */
  remove(receipt: string): void {
    const message = this.#byReceipt(receipt);
    if (!message) return;
    this.#remove(message);
    if (this.model.fifo) this.onVisible();
  }

  changeVisibility(receipt: string, visibility: number): void {
    const message = this.#byReceipt(receipt);
    if (!message) throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
    this.#hide(message, visibility);
  }

  /** Sends every message back to where it came from; how a runbook's redrive works. */
  moveBack(queueOf: (arn: string) => Queue): number {
    const moved = this.messages().filter((message) => message.origin !== undefined);
    for (const message of moved) {
      this.#remove(message);
      queueOf(message.origin!).adopt(message);
    }
    return moved.length;
  }

  adopt(message: Message, origin?: string): void {
    const { receipt: _, origin: __, firstReceivedAt: ___, ...rest } = message;
    this.#store({ ...rest, receives: 0, visibleAt: this.#clock.now(), ...(origin ? { origin } : {}) });
    this.#wakeAt(this.#clock.now());
  }

  purge(): void {
    for (const message of this.messages()) this.#remove(message);
  }

  #dedupId(outgoing: Outgoing): string {
    if (!outgoing.groupId) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
    }
    if (outgoing.dedupId !== undefined) return outgoing.dedupId;
    if (this.model.contentDeduplication) return sha256(outgoing.body);
    const message = 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided';
    throw new AwsError('InvalidParameterValue', message);
  }

  #redrive(message: Message): boolean {
    const target = this.#deadLetters();
    if (!target || message.receives < (this.model.redrive?.maxReceives ?? Number.POSITIVE_INFINITY)) return false;
    this.#remove(message);
    target.adopt(message, this.model.arn);
    return true;
  }

  #hide(message: Message, visibility: number): void {
    message.visibleAt = this.#clock.now() + visibility;
    this.#store(message);
    this.#wakeAt(message.visibleAt);
  }

  #wakeAt(instant: number): void {
    if (instant <= this.#clock.now()) this.onVisible();
    else this.#clock.at(instant, `visibility in ${this.model.name}`, () => this.onVisible());
  }

  #byReceipt(receipt: string): Message | undefined {
    const message = this.#messages.get(receipt.split(':')[0]!);
    return message?.receipt === receipt ? message : undefined;
  }

  #store(message: Message): void {
    this.#messages.set(message.id, message);
    this.#kept.put(`sqs:${this.model.name}`, message.id, message);
  }

  #remove(message: Message): void {
    this.#held.delete(message.id);
    this.#messages.delete(message.id);
    this.#kept.drop(`sqs:${this.model.name}`, message.id);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
