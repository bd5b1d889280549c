import { Refusal } from '../../domain/refusal.ts';
import { type Route, routeKey } from '../route.ts';
import type { HttpStep } from './call.ts';

/** Finds the route that the gateway has matched. @throws Refusal not-found */
export const routed = <Deps>(routes: readonly Route<Deps>[]): HttpStep<Deps> => {
  const byKey = new Map(routes.map((route) => [routeKey(route), route]));
  return {
    before({ event, context }) {
      const route = byKey.get(event.routeKey);
      if (!route) throw new Refusal('not-found', 'request.not-found', { what: event.routeKey });
      context.route = route;
    },
  };
};
