import { log } from '../../lambda/log.ts';
import { answer } from '../answer.ts';
import { withCursor } from '../cursor.ts';
import { inWords } from '../in-words.ts';
import type { NamesOf } from '../names.ts';
import type { HttpStep } from './call.ts';

/**
 * Answers what the handler found, as the route declares it, and lets nothing out that the answer's schema doesn't; says what the
 * ids in it are called.
 */
export const answered = ({ named }: { named?: NamesOf }): HttpStep<never> => ({
  async after(call) {
    const { event, context } = call;
    const { route, language, list, person, actor } = context;
    const { site, ...of } = event.pathParameters ?? {};
    const found = list ? withCursor(list, call.response) : call.response;
    const out = route.contentType ? found : route.answer.parse(found);
    const isNamed = named && actor && !route.contentType;
    const told = isNamed ? await named(out, { site, actor, language }) : undefined;
    if (told) inWords(out, told, language);
    call.response = answer(route, out, event, { language, told });
    // Whoever is told an owner's name has read personal data, whatever the route.
    const whose = (route.personal || told?.personal) && { site, of: Object.values(of).join(' ') };
    log(whose ? 'HY-PER-1' : 'HY-API-1', {
      ...{ route: event.routeKey, status: route.status, staff: person.staff },
      ...whose,
    });
  },
});
