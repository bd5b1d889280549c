import { forbidden } from '../../domain/refusal.ts';
import { actorAt } from '../../people/actor.ts';
import { isOneOf, type Role, roleWord } from '../../people/positions.ts';
import type { MessageKey } from '../../text/catalogue.ts';
import type { RouteDef } from '../route.ts';
import type { HttpStep, RequestFacts } from './call.ts';

const whoMay = ({ who, positions }: RouteDef): MessageKey[] => {
  if (positions) return (Object.keys(positions) as Role[]).map(roleWord);
  return typeof who === 'string' ? ['may.staff-here'] : who.map(roleWord);
};

/** Whether whoever calls may, by their roles at the site in the path. @throws Refusal forbidden */
export const authorized: HttpStep<never> = {
  before({ event, context }) {
    const { route, person } = context as RequestFacts<never>;
    const site = event.pathParameters?.site;
    // Without a site in the path a role counts only where it is for the whole group; being staff somewhere is being staff.
    const actor = actorAt(person, site ?? '*');
    const here = site === undefined ? person.grants.length : actor.roles.length;
    const allowed = route.who === 'everybody' || (route.who === 'staff' ? here > 0 : isOneOf(route.who, actor));
    const { positions } = route;
    const holds = !positions || person.grants.some(({ role }) => role in positions);
    if (!allowed || !holds) throw forbidden(whoMay(route));
    context.actor = actor;
  },
};
