import { log } from '../../lambda/log.ts';
import { answer } from '../answer.ts';
import { withCursor } from '../cursor.ts';
import type { HttpStep } from './call.ts';

/** Answers what the handler found, as the route declares it, and lets nothing out that the answer's schema doesn't. */
export const answered: HttpStep<never> = {
  after(call) {
    const { event, context } = call;
    const { route, language, list, person } = context;
    const found = call.response;
    call.response = answer(route, list ? withCursor(list, found) : found, event, language);
    const { site, ...of } = route.personal ? (event.pathParameters ?? {}) : {};
    const whose = route.personal && { site, of: Object.values(of).join(' ') };
    log(whose ? 'HY-PER-1' : 'HY-API-1', {
      route: event.routeKey,
      status: route.status,
      staff: person.staff,
      ...whose,
    });
  },
};
