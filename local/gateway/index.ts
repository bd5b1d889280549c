/** The one gateway: every SDK call of every function passes here and is known, permitted, counted — or made to fail. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from '../aws-error.ts';
import type { Engine } from '../engine/index.ts';
import type { Deployment } from '../model.ts';
import { type Answer, errorAnswer, httpAnswer } from './answer.ts';
import { createAuthorize, type Denial } from './authorize.ts';
import { conflicted, createFaults, type Faults, type Strike, throttled } from './faults.ts';
import { serveHttp } from './http.ts';
import { type Copy, createCopies } from './lag.ts';
import { createMeter, type Meter } from './meter.ts';
import { inPart } from './partial.ts';
import { type AwsRequest, parseRequest, signedFor } from './request.ts';
import { createHandlers } from './serve.ts';
import type { LocalServices } from './services.ts';
import type { OnUse } from './tables.ts';
import type { HttpAnswer, HttpCall } from './wire.ts';

export type { Denial } from './authorize.ts';
export { bill } from './bill.ts';
export type { FaultHandle, FaultKind, Faults } from './faults.ts';
export { createMeter, type Meter, totals, type Unit, type Usage } from './meter.ts';
export { LIST_PRICES } from './prices.ts';
export type { EventEntry, LocalServices } from './services.ts';
export type { OnUse } from './tables.ts';

export interface Gateway {
  url: string;
  port: number;
  meter: Meter;
  faults: Faults;
  /** What the template's policies refused, oldest first. */
  denials: Denial[];
  /** Answers a call that came by another way than its port; with nothing when its caller shall never get an answer. */
  call(request: HttpCall): Promise<HttpAnswer | undefined>;
  /** Requests that haven't been answered yet. */
  inFlight(): number;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  deployment: Deployment;
  engine: Engine;
  clock: { now(): number };
  services: LocalServices;
  meter?: Meter;
  /** A free one by default. */
  port?: number;
  /** Called after a write has happened, before its caller has the answer. */
  onTableWrite?(tableNames: string[]): void;
  /** Called after every call that had its effect, with what it used by table and index; for who measures. */
  onUse?: OnUse | undefined;
  /** Kills the function that is calling; for the crash faults. */
  onCrash?(functionName: string): void;
  /** Failures of the local cloud itself. */
  log?(line: string): void;
}

/** How long a call that gets no answer keeps its caller waiting, in wall milliseconds. */
const LOST_AFTER = 200;

/**
 * Opens the gateway.
 * @throws Error when a function's policies hold a condition that can't be judged here
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { deployment, engine, clock, services, meter = createMeter() } = options;
  const { authorize, denials } = createAuthorize(deployment, clock);
  const faults = createFaults(createCopies(engine, deployment));
  const handle = createHandlers(deployment, engine, services, meter, options.onTableWrite ?? (() => {}), options.onUse);
  let inFlight = 0;

  /** The answer, or undefined when the caller shall never get one. */
  const answer = async (request: AwsRequest): Promise<Answer | undefined> => {
    await authorize(request);
    const effect = async (whole: AwsRequest) => {
      await faults.writing(whole);
      return handle(whole);
    };
    const strike = faults.strike(request);
    return strike ? struck(strike, request, effect, options.onCrash) : effect(request);
  };

  const call = async (incoming: HttpCall): Promise<HttpAnswer | undefined> => {
    inFlight += 1;
    let request: AwsRequest | undefined;
    try {
      request = parseRequest(incoming);
      const result = await answer(request);
      return result && httpAnswer(result);
    } catch (error) {
      if (!(error instanceof AwsError)) options.log?.(`gateway: ${(error as Error).stack ?? error}`);
      return httpAnswer(errorAnswer(request?.service ?? signedFor(incoming.headers), error));
    } finally {
      inFlight -= 1;
    }
  };

  const { port, stop } = await serveHttp(call, options.port ?? 0);
  return { url: `http://127.0.0.1:${port}`, port, meter, faults, denials, call, inFlight: () => inFlight, stop };
}

async function struck(
  { kind, asItWas }: Strike,
  request: AwsRequest,
  effect: (request: AwsRequest) => Promise<Answer>,
  crash: GatewayOptions['onCrash'],
): Promise<Answer | undefined> {
  switch (kind) {
    case 'throttle':
    case 'conflict': {
      const { error, extra } = kind === 'throttle' ? throttled(request) : conflicted(request);
      return errorAnswer(request.service, error, extra);
    }
    case 'partial':
      return inPart(request, effect);
    case 'stale-index':
      return effect(of(request, await asItWas));
    case 'error-before':
      throw new AwsError('InternalServerError', 'injected: nothing happened', 500);
    case 'error-after':
      await effect(request);
      return undefined;
    case 'timeout':
      await sleep(LOST_AFTER);
      return undefined;
    case 'crash-before':
      crash?.(request.principal);
      return undefined;
    case 'crash-after':
      await effect(request);
      crash?.(request.principal);
      return undefined;
  }
}

/** A query of another table. */
function of(request: AwsRequest, copy: Copy | undefined): AwsRequest {
  if (!copy) return request;
  const body = { ...request.body, TableName: copy.name };
  return { ...request, body, raw: Buffer.from(JSON.stringify(body)) };
}
