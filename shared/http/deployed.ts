import type { ApiEvent } from './api-event.ts';
import type { RouteDef } from './route.ts';

// API Gateway takes some three hundred routes: the commands of a case go by one entry, `POST …/{case}/{command}`, and what they are
// called stands in the request (ADR 26).

/** The parameters of an entry that name the command. */
const COMMAND = 'command';
const STEP = 'step';

/** What follows the last parameter of a path, where that is a case's: never what a site or the group has. */
const CASE = /^(.*\/\{(?!site\})\w+\})((?:\/[a-z-]+){1,2})$/;

/**
 * A declared route as it is deployed. A case's commands share an entry where the case itself is read, for an entry leads to one
 * function; routes without a sign-in keep their own, and with them their own throttle.
 * @param together the routes that the same function serves
 */
export const deployedPath = ({ method, path, who }: RouteDef, together: readonly RouteDef[]): string => {
  const [, of, command = ''] = CASE.exec(path) ?? [];
  const isRead = together.some((one) => one.method === 'GET' && one.path === of);
  if (of === undefined || method !== 'POST' || who === 'everybody' || !isRead) return path;
  return command.lastIndexOf('/') === 0 ? `${of}/{${COMMAND}}` : `${of}/{${COMMAND}}/{${STEP}}`;
};

/** What a command is called; nothing else of what a client sends gets into a route. */
const NAME = /^[a-z-]+$/;

/** A request by the declared route that it is for; as it came where it names no command. */
export const asDeclared = (event: ApiEvent): ApiEvent => {
  const { [COMMAND]: command = '', [STEP]: step = '', ...pathParameters } = event.pathParameters ?? {};
  if (!event.routeKey.includes(`{${COMMAND}}`) || !NAME.test(command)) return event;
  if (event.routeKey.endsWith(`{${STEP}}`) && !NAME.test(step)) return event;
  const routeKey = event.routeKey.replace(`{${COMMAND}}`, command).replace(`{${STEP}}`, step);
  return { ...event, routeKey, pathParameters };
};
