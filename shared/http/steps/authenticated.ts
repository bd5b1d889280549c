import { forbidden, Refusal } from '../../domain/refusal.ts';
import type { Access, Person } from '../../people/access.ts';
import { isCommand } from '../route.ts';
import type { HttpStep } from './call.ts';
import { languageOf } from './spoken.ts';

/** OpenID Connect's own limit for a subject. */
const SUBJECT_MAX = 255;

const NOBODY: Person = { staff: 'nobody', active: true, language: 'zh-CN', grants: [] };

/** Who calls, by the subject that the gateway has verified, and so in which language. @throws Refusal for whoever is nobody here */
export const authenticated = <Deps extends { access: Access }>({ access }: Deps): HttpStep<Deps> => ({
  async before({ event, context }) {
    const { route } = context;
    const subject = event.requestContext.authorizer?.jwt?.claims.sub;
    if (typeof subject === 'string') context.caller = subject;
    if (!route || route.who === 'everybody') context.person = NOBODY;
    else {
      if (typeof subject !== 'string' || subject.length > SUBJECT_MAX)
        throw new Refusal('unauthenticated', 'request.unauthenticated');
      const person = await access.person(subject, isCommand(route));
      if (!person) throw forbidden(['may.staff']);
      context.person = person;
    }
    context.language = languageOf(event, context.person.language);
  },
});
