import * as z from 'zod';
import { command } from '../../../shared/command.ts';
import type { CaseDeps } from '../../../shared/http/cases.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { words } from '../../../shared/http/schemas.ts';
import { payerOf } from '../../../shared/payer.ts';
import { groundOf } from '../../../shared/policy.ts';
import { notFound } from '../../../shared/refusal.ts';
import { LANGUAGES } from '../../../shared/text/catalogue.ts';
import type { Accounts } from '../accounts/store.ts';
import { openNow } from './content.ts';
import { isShown, question } from './decide.ts';
import { askedPage, letterPage, PAGE_HEADERS, refusedPage } from './page.ts';
import { type ReadDeps, readPaper, readWords } from './read-store.ts';
import { readLink } from './store.ts';

export interface Deps extends CaseDeps, ReadDeps {
  accounts: Accounts;
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
  headers: PAGE_HEADERS,
  refused: refusedPage,
} as const;
/** Who asks through a link: whoever has it. */
const PAYER = { staff: 'system:payer', roles: [], departments: [] };

/** The letter behind a link. @throws Refusal not-found: unknown, or too old to say anything of today */
const letterBehind = async ({ letters, policies }: Deps, of: string, now: number) => {
  const link = await readLink(letters, of);
  if (!link) throw notFound('letter');
  const current = await letters.head(link.site, link.letter);
  const { state } = current;
  if (!state) throw notFound('letter');
  const { zone } = await groundOf(policies, link.site, state.policy);
  if (!isShown(state, now, zone)) throw notFound('letter');
  return { ...current, state };
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'What a letter says, what is open now and how to pay: the page behind the link of a letter',
    who: 'everybody',
    params: token,
    query,
    ...HTML,
    async handle({ params, query: { lang }, now }, deps) {
      const letter = await letterBehind(deps, params.token, now);
      const { site, state } = letter;
      const card = await payerOf(deps.directory, site, state.party);
      const language = lang ?? card?.language ?? 'zh-CN';
      const ids = state.accounts.map(({ account }) => account);
      const [paper, accounts, said] = await Promise.all([
        // No name stands on the page.
        readPaper(deps, letter, { card: card && { ...card, language }, texts: new Map() }),
        deps.accounts.heads(site, ids),
        readWords(deps, letter, language),
      ]);
      const open = openNow(
        accounts.flatMap(({ state: account }) => account ?? []),
        said,
      );
      return letterPage({ paper, open, token: params.token, key: deps.token() }, language);
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
    async handle({ params, query: { lang }, body, now, once }, deps) {
      const { site, id, state } = await letterBehind(deps, params.token, now);
      await command(
        { ...deps, journal: deps.letters },
        { site, id, actor: PAYER, now, once },
        { words: body.words },
        (on, refs) => question(on, refs.words),
      );
      const [facts, card] = await Promise.all([deps.policies.site(site), payerOf(deps.directory, site, state.party)]);
      return askedPage(facts.name, params.token, lang ?? card?.language ?? 'zh-CN');
    },
  }),
];
