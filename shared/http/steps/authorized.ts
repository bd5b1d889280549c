import { forbidden } from '../../domain/refusal.ts';
import { actorAt } from '../../people/actor.ts';
import { isAllowed, whoMay } from '../who.ts';
import type { HttpStep, RequestFacts } from './call.ts';

/** Whether whoever calls may, by their roles at the site in the path. @throws Refusal forbidden */
export const authorized: HttpStep<never> = {
  before({ event, context }) {
    const { route, person } = context as RequestFacts<never>;
    const site = event.pathParameters?.site;
    // Without a site in the path a role counts only where it is for the whole group; being staff somewhere is being staff.
    const actor = actorAt(person, site ?? '*');
    const here = site === undefined ? person.grants.length : actor.roles.length;
    const { positions } = route;
    const holds = !positions || person.grants.some(({ role }) => role in positions);
    if (!isAllowed(route, actor, here) || !holds) throw forbidden(whoMay(route));
    context.actor = actor;
  },
};
