import { type EventDef, envelopeSchema, type Recorded } from '../domain/events.ts';
import { errorName, failure, log } from './log.ts';
import { because } from './run.ts';
import { shell } from './shell.ts';

/**
 * Something a service does when others' events arrive; declared once. The rule on the bus, the function and its alarm
 * follow from it. Events arrive at least once and in any order; `handle` makes their effect happen once.
 */
export interface Consumer<D extends EventDef, Deps> {
  name: string;
  events: readonly D[];
  /** By an event's name, a field of its data: without it the event is of no interest, and isn't delivered. */
  having?: { [E in D as E['name']]?: string & keyof Recorded<E>['data'] };
  handle(event: Recorded<D>, deps: Deps): Promise<void>;
}

export const consumerFor =
  <Deps>() =>
  <const D extends EventDef>(consumer: Consumer<D, Deps>): Consumer<D, Deps> =>
    consumer;

/** Reads the envelope, checks it against its declaration, hands it on. */
export const consume =
  <D extends EventDef, Deps>(consumer: Consumer<D, Deps>, deps: Deps) =>
  async ({ detail }: { detail: unknown }): Promise<void> => {
    const envelope = envelopeSchema.parse(detail);
    const def = consumer.events.find((event) => event.name === envelope.name);
    if (!def) throw new Error(`${consumer.name} does not know ${envelope.name}`);
    because(envelope.cause ?? envelope.id);
    try {
      await consumer.handle({ ...envelope, data: def.data.parse(envelope.data) } as Recorded<D>, deps);
      log('HY-EVT-1', { event: envelope.id });
    } catch (error) {
      failure('HY-EVT-2', { event: envelope.id, error: errorName(error) });
      throw error;
    }
  };

/** The Lambda entry of a consumer. */
export const bus = <D extends EventDef, Deps>(consumer: Consumer<D, Deps>, deps: Deps) =>
  shell(consume(consumer, deps));

/** What makes a consumer's command happen once: its name and the event's id. */
export const idempotencyKeyFor = (consumer: string, eventId: string) => ({ scope: `${consumer}#${eventId}`, body: '' });

/** The Lambda entry of what AWS's own services are heard by. */
export const awsBus = <Told>(hear: (event: { detail: unknown }) => Promise<Told>) => shell(hear);
