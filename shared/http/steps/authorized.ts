import { Refusal } from '../../domain/refusal.ts';
import { actorAt } from '../../people/actor.ts';
import { isOneOf } from '../../people/posts.ts';
import type { Found, Step } from './call.ts';

/** Whether whoever calls may, by their roles at the site in the path. @throws Refusal forbidden */
export const authorized: Step<never> = {
  before({ event, context }) {
    const { route, person } = context as Found<never>;
    const site = event.pathParameters?.site;
    // Without a site in the path a role counts only where it is for the whole group; being staff somewhere is being staff.
    const actor = actorAt(person, site ?? '*');
    const here = site === undefined ? person.grants.length : actor.roles.length;
    const allowed = route.who === 'everybody' || (route.who === 'staff' ? here > 0 : isOneOf(route.who, actor));
    const { posts } = route;
    const holds = !posts || person.grants.some(({ role }) => role in posts);
    if (!allowed || !holds) throw new Refusal('forbidden', 'request.forbidden');
    context.actor = actor;
  },
};
