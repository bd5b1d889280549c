import { AwsError } from '../aws-error.ts';
import { conflicted, type Faults, type Strike, throttled } from '../gateway/faults.ts';
import { divided, type IsTaken } from '../gateway/partial.ts';
import type { AwsRequest, Service } from '../gateway/request.ts';
import { isPassing, noAnswer, overRate, thrown } from './errors.ts';
import type { Instance } from './instances.ts';
import { actionOf, type Command, requestOf } from './requests.ts';

/** One call of an instance: who calls which service, and how often its client tries. */
export interface Call {
  instance: Instance;
  service: Service;
  command: Command;
  act(command: Command): Promise<unknown>;
  attempts(): Promise<number>;
}

/** What instances' calls meet: asked in the place of each, it may throw, kill, or change what comes of it. */
export type Weather = (call: Call) => Promise<unknown>;

/** Nothing happens that wasn't asked for. */
export const calm: Weather = ({ command, act }) => act(command);

export const never = (): Promise<never> => new Promise(() => undefined);

/** The same command with another input. */
const asking = (command: Command, input: Command['input']): Command =>
  Object.assign(Object.create(Object.getPrototypeOf(command) as object) as Command, { input });

/** Whether a call can be taken in part. */
export const hasParts = ({ input }: Command): boolean => 'Entries' in input || 'RequestItems' in input;

/** Carries a call out in part, and answers as AWS does of the rest. @throws as AWS, of a call of tables none of which is taken */
export const inPart = async (command: Command, act: Call['act'], isTaken?: IsTaken): Promise<unknown> => {
  const request = { action: actionOf(command), body: command.input };
  const { parts, body, answer, allOrThrottled } = divided(request, isTaken);
  const taken = parts.filter((part) => part.taken);
  if (taken.length === 0) {
    if (allOrThrottled) throw overRate();
    return answer({});
  }
  return answer((await act(asking(command, body(taken)))) as Record<string, unknown>);
};

const refused = ({ service }: AwsRequest, { error, extra }: ReturnType<typeof throttled>): Error =>
  thrown(service, error, extra);

/**
 * What the local cloud's gateway does with a call: judges it by its caller's role, then whatever faults are set strike it; what
 * the SDK would try again, is tried again.
 */
export const gatewayWeather = (faults: Faults, authorize: (request: AwsRequest) => Promise<void>): Weather => {
  const struck = async ({ instance, command, act }: Call, request: AwsRequest, strike: Strike): Promise<unknown> => {
    switch (strike.kind) {
      case 'crash-before':
        instance.die();
        return never();
      case 'crash-after':
        await act(command);
        instance.die();
        return never();
      case 'conflict':
        throw refused(request, conflicted(request));
      case 'throttle':
        throw refused(request, throttled(request));
      case 'partial':
        return inPart(command, act);
      case 'error-before':
        throw thrown(request.service, new AwsError('InternalServerError', 'injected', 500));
      case 'timeout':
        throw noAnswer();
      case 'error-after': {
        const answer = await act(command);
        // A transaction that comes again under its token is answered as done.
        if (request.action === 'TransactWriteItems') return answer;
        throw noAnswer();
      }
      case 'stale-index': {
        const copy = await strike.asItWas;
        return act(copy ? asking(command, { ...command.input, TableName: copy.name }) : command);
      }
    }
  };
  return async (call) => {
    const request = requestOf(call.instance.fn.name, call.service, call.command);
    try {
      await authorize(request);
    } catch (error) {
      throw error instanceof AwsError ? thrown(request.service, error) : error;
    }
    await faults.writing(request);
    for (let attempt = 1; ; attempt++) {
      const strike = faults.strike(request);
      if (!strike) return call.act(call.command);
      try {
        return await struck(call, request, strike);
      } catch (error) {
        if (!isPassing(error) || attempt >= (await call.attempts())) throw error;
      }
    }
  };
};
