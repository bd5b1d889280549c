import { EventEmitter } from 'node:events';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Readable } from 'node:stream';
import type { HttpAnswer, HttpCall } from '../gateway/wire.ts';
import type { BilledTime } from './billed-time.ts';
import { latencyOf } from './latency.ts';

/** The SDK calls of one environment: they go in messages to the main thread, not over a connection. */
export class GatewayCalls {
  readonly #send: (call: number, request: HttpCall) => void;
  readonly #time: BilledTime;
  readonly #waiting = new Map<number, (answer: HttpAnswer | undefined) => void>();
  #made = 0;

  constructor(send: (call: number, request: HttpCall) => void, time: BilledTime) {
    this.#send = send;
    this.#time = time;
  }

  request(options: RequestOptions, hear: (response: IncomingMessage) => void): GatewayRequest {
    return new GatewayRequest((body, answered) => {
      const call = ++this.#made;
      const named = Object.entries(options.headers as Record<string, string>);
      const headers = Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), value]));
      const waited = this.#time.await(latencyOf({ headers }));
      this.#waiting.set(call, (answer) => {
        waited();
        answered(answer);
      });
      // A buffer's bytes lie in a pool, and a message would take all 64 KB of it along.
      const own = typeof body === 'string' ? body : new Uint8Array(body);
      this.#send(call, { method: options.method ?? 'GET', url: options.path ?? '/', headers, body: own });
    }, hear);
  }

  answered(call: number, answer: HttpAnswer | undefined): void {
    const answered = this.#waiting.get(call);
    this.#waiting.delete(call);
    answered?.(answer);
  }
}

/** As much of a `ClientRequest` as the SDK uses; it has no socket. */
class GatewayRequest extends EventEmitter {
  destroyed = false;
  readonly #send: (body: HttpCall['body'], answered: (answer: HttpAnswer | undefined) => void) => void;
  readonly #hear: (response: IncomingMessage) => void;

  constructor(
    send: (body: HttpCall['body'], answered: (answer: HttpAnswer | undefined) => void) => void,
    hear: (response: IncomingMessage) => void,
  ) {
    super();
    this.#send = send;
    this.#hear = hear;
  }

  end(body: HttpCall['body'] = ''): void {
    this.#send(body, (answer) => {
      if (this.destroyed) return;
      if (answer === undefined) this.destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      else this.#hear(responseOf(answer));
    });
  }

  destroy(error?: Error): void {
    if (this.destroyed) return;
    this.destroyed = true;
    if (error) this.emit('error', error);
    this.emit('close');
  }
}

function responseOf({ status, headers, body }: HttpAnswer): IncomingMessage {
  const response = new Readable({ read: () => undefined });
  response.push(typeof body === 'string' ? Buffer.from(body) : body);
  response.push(null);
  return Object.assign(response, { statusCode: status, headers, complete: true }) as unknown as IncomingMessage;
}
