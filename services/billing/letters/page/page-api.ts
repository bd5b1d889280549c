import * as z from 'zod';
import { payerOf } from '../../../../shared/directory/payer.ts';
import { notFound, Refusal } from '../../../../shared/domain/refusal.ts';
import type { CaseDeps } from '../../../../shared/http/cases.ts';
import { type Route, routesFor } from '../../../../shared/http/route.ts';
import { words } from '../../../../shared/http/schemas.ts';
import { command } from '../../../../shared/journal/command.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import { LANGUAGES, type Language } from '../../../../shared/text/catalogue.ts';
import { type Instant, localDay } from '../../../../shared/time/clock.ts';
import { isShown, question } from '../decide.ts';
import { paysFor, type ReadDeps, readLetter } from '../read-store.ts';
import { letterAsOf, readLetterLink } from '../store.ts';
import { foreignIn } from '../withdrawn/parted.ts';
import { askedPage, LETTER_PAGE_HEADERS, letterPage, refusedPage } from './page.ts';

export interface Deps extends CaseDeps, ReadDeps {
  /** What makes a question one, however often its form is sent. */
  token(): string;
}

const route = routesFor<Deps>();
const PATH = '/n/{token}';
/** Any text: a link that was cut short is of no letter, as one that has expired. */
const token = z.object({ token: z.string() });
const query = z.object({ lang: z.enum(LANGUAGES).optional().catch(undefined) });
const HTML = {
  answer: z.string(),
  contentType: 'text/html; charset=utf-8',
  headers: LETTER_PAGE_HEADERS,
  refused: refusedPage,
} as const;
/** Who asks through a link: whoever has it. */
const PAYER = { staff: 'system:payer', roles: [], departments: [] };

/**
 * What a link opens: its letter as it went out, while what it was given for holds. It ends with the letter's withdrawal or
 * somebody's word, when the payer is no longer reached at its address, isn't the payer any more, or is two again, and by age.
 * @throws Refusal not-found: of no letter; gone: of one that it opens no more
 */
const behind = async (deps: Deps, token: string, now: Instant, lang?: Language) => {
  const { letters, policies, directory } = deps;
  const link = await readLetterLink(letters, token);
  if (!link) throw notFound('letter');
  const { site, letter: id, version, address, paying } = link;
  const [{ state }, { state: sent, accounts }] = await Promise.all([
    letters.head(site, id),
    letterAsOf(letters, site, id, version),
  ]);
  if (!state || !sent) throw notFound('letter');
  const [facts, card] = await Promise.all([policies.site(site), payerOf(directory, site, state.party)]);
  const gone = () =>
    new Refusal('gone', 'letter.link-ended', { site: facts.name, phone: facts.desk?.complaintPhone ?? '' });
  const today = localDay(now, facts.timeZone);
  if (version < (state.linksEnded ?? 0) || !isShown(sent, today)) throw gone();
  if (!card || card.withdrawn || !card.emails.some(({ value }) => value.ref === address)) throw gone();
  const language = lang ?? card.language;
  // No name stands on the page.
  const known = { card: { ...card, language }, texts: new Map(), accounts };
  const [{ paper, units }, foreign] = await Promise.all([
    readLetter(deps, { site, id, state: sent }, known),
    foreignIn(directory, site, sent, card),
  ]);
  if (foreign.length > 0 || (paying && !paysFor(units, card, today))) throw gone();
  return { site, id, paper, language };
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'What a letter said when it went out, and how to pay: the page behind the link of a letter',
    who: 'everybody',
    params: token,
    query,
    ...HTML,
    async handle({ params, query: { lang }, now }, deps) {
      const { paper, language } = await behind(deps, params.token, now, lang);
      return letterPage({ paper, token: params.token, key: deps.token() }, language);
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/question`,
    summary: 'Question a letter; a contact of the desk comes of it',
    who: 'everybody',
    params: token,
    query,
    body: z.strictObject({ words: words.max(1000) }),
    form: true,
    ...HTML,
    async handle({ params, query: { lang }, body, now, idempotencyKey }, deps) {
      const { site, id, paper, language } = await behind(deps, params.token, now, lang);
      await execute(
        deps.letters,
        command(deps, {
          ...{ site, id, actor: PAYER, now, idempotencyKey },
          texts: () => ({ question: body.words }),
          decide: (on, refs) => question(on, refs.question),
        }),
      );
      return askedPage(paper.site, params.token, language);
    },
  }),
];
