import * as z from 'zod';
import { inParallel } from '../../../shared/aws/many.ts';
import { payerOf } from '../../../shared/directory/payer.ts';
import { invalid, Refusal } from '../../../shared/domain/refusal.ts';
import { casePageOf, listsCases } from '../../../shared/http/case-list.ts';
import { type CaseDeps, caseCommands } from '../../../shared/http/cases.ts';
import { readSheet } from '../../../shared/http/history.ts';
import { problemOf } from '../../../shared/http/problem.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { idParam, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { command } from '../../../shared/journal/command.ts';
import type { EvidenceItems } from '../../../shared/journal/evidence.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { KNOWS_ACCOUNTS, type Role } from '../../../shared/people/positions.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { contentHash } from '../documents/contract.ts';
import { LETTER_FILTERS, lettersQuery } from './api-filters.ts';
import * as decisions from './decide.ts';
import type { LetterEvent } from './events.ts';
import type { Letter } from './letter.ts';
import { evidenceUntil, isDemand } from './mail/evidence.ts';
import { type ReadDeps, readPaper } from './read-store.ts';
import { listedLetters } from './store.ts';
import { RECEIVERS } from './terms.ts';
import { letterOut, letterSheetOut, letterView } from './view.ts';
import { withdrawSettled } from './withdrawn/withdraw-store.ts';

export interface Deps extends CaseDeps, ReadDeps {
  accounts: Accounts;
  evidenceItems: EvidenceItems;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/letters/{letter}';
const one = z.object({ site: siteParam, letter: idParam('letter') });
const onLetter = caseCommands<Deps, Letter, LetterEvent>({
  path: PATH,
  kind: 'letter',
  journal: ({ letters }) => letters,
  answer: letterOut,
  view: letterView,
});

const DESK: Role[] = ['agent', 'supervisor', 'centre-manager'];
const ABOVE: Role[] = ['supervisor', 'centre-manager'];
/** Letters handed over at a go, and side by side. */
const BULK = 100;
const WIDTH = 8;

const proof = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256 of the signed sheet or photo, in hex' });
const handedOver = {
  receivedBy: z.enum(RECEIVERS),
  relation: words
    .max(100)
    .optional()
    .meta({ description: 'Who that was to the payer; needed of a demand that somebody else signed for' }),
};

/** What was settled meanwhile is neither printed nor handed over, also where nobody has heard of it yet. */
const settledFirst = (site: string, deps: Deps, { id, now }: { id: string; now: Instant }) =>
  withdrawSettled(deps, { site, now, by: 'system:settled' }, id);

/** What a letter says, where nobody recorded that it was printed, and the marks that then keep the names on it. */
const printedNow = async (
  _: unknown,
  site: string,
  deps: Deps,
  { id, now, state }: { id: string; now: Instant; state: Letter },
) => {
  if (state.status !== 'to-print') return { hash: undefined, marks: [] };
  const { personal, policies, directory, evidenceItems } = deps;
  const card = await payerOf(directory, site, state.party);
  const known = await personal.both(site, card ? [card.name] : [], 'contract');
  const texts = new Map([...known].map(([ref, { shown }]) => [ref, shown]));
  const hash = contentHash(await readPaper(deps, { site, id, state }, { card, texts }));
  const { values } = await policies.version(site, state.policy);
  return { hash, marks: isDemand(state) ? evidenceItems(site, known, evidenceUntil(now, values)) : [] };
};
type Printed = Awaited<ReturnType<typeof printedNow>>;
/** What comes first and what is looked up of whatever is done with paper. */
const onPaper = {
  first: settledFirst,
  lookUp: printedNow,
  extraItems: (_: unknown, __: string, ___: Deps, { marks }: Printed) => marks,
};

const filtered = listsCases({
  filters: LETTER_FILTERS,
  journal: ({ letters }: Deps) => letters,
  view: letterView,
});

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/letters',
    summary: 'Letters of a site: those to print, to deliver or to settle by day, or all that are open or finished',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: lettersQuery,
    answer: casePageOf(letterOut),
    async handle({ params, query, actor, now }, deps) {
      const { state, day, ...asked } = query;
      if (state === 'open' || state === 'finished')
        return filtered({ params, query: { ...asked, state }, actor, now }, deps);
      const { limit, after, sort, ...others } = asked;
      const other =
        Object.entries(others).find(([, is]) => is !== undefined)?.[0] ?? (sort === 'due' ? 'sort' : undefined);
      if (other !== undefined) throw invalid({ field: `query.${other}`, rule: 'field.of-open-or-finished' });
      const page = await listedLetters(deps.letters, params.site, { status: state, day, limit, after });
      return { ...page, items: page.items.map((current) => letterView(current, actor, now)) };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'A letter with its full history: where it went, what came back, who took it',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    answer: letterSheetOut,
    async handle({ params: { site, letter: id }, actor, now, actions }, { letters, personal }) {
      const { current, history } = await readSheet(letters, personal, { site, id });
      return { ...letterView(current, actor, now), ...history(), actions: await actions(current) };
    },
  }),
  onLetter('printed', 'It was printed', DESK, z.strictObject({}), {
    ...onPaper,
    may: decisions.print.may,
    decide: (on, _, __, { hash }) => decisions.print(on, hash ?? ''),
  }),
  onLetter(
    'handed-over',
    'It was handed over: to the payer, a relative of the household, or somebody else',
    DESK,
    z.strictObject({ ...handedOver, proof: proof.optional() }),
    {
      ...onPaper,
      may: decisions.handOver.may,
      texts: ({ relation }) => ({ relation }),
      decide: (on, body, { relation }, { hash }) => decisions.handOver(on, { ...body, relation }, hash),
    },
  ),
  onLetter(
    'attempted',
    'Nobody took it: what was done instead, with proof',
    DESK,
    z.strictObject({ words: words.max(1000), proof }),
    {
      ...onPaper,
      may: decisions.attempt.may,
      texts: (body) => ({ words: body.words }),
      decide: (on, body, refs, { hash }) => decisions.attempt(on, { words: refs.words, proof: body.proof }, hash),
    },
  ),
  onLetter(
    'settle',
    'Decide what becomes of a letter of which nobody knows whether it was sent or arrived',
    DESK,
    z.strictObject({ how: z.enum(['print', 'send-again']) }),
    {
      may: decisions.settle.may,
      limit: ({ how }) => (how === 'send-again' ? 'mails' : undefined),
      decide: (on, { how }) => decisions.settle(on, how),
    },
  ),
  onLetter('give-up', 'Its arrival is not waited for any longer', ABOVE, z.strictObject({ words: words.max(1000) }), {
    may: decisions.giveUp.may,
    texts: (body) => ({ words: body.words }),
    decide: (on, _, refs) => decisions.giveUp(on, refs.words),
  }),
  onLetter(
    'end-links',
    'The links of its mails open nothing any more: it went to the wrong address, or its payer asks for it',
    [...DESK, 'site-director'],
    z.strictObject({ words: words.max(1000) }),
    {
      may: decisions.endLinks.may,
      texts: (body) => ({ words: body.words }),
      decide: (on, _, refs) => decisions.endLinks(on, refs.words),
    },
  ),
  route({
    method: 'POST',
    path: '/sites/{site}/letters/handed-over',
    summary: 'A round of deliveries, proven by its signed sheet: each letter once, with what came of each',
    who: DESK,
    params: siteOnly,
    body: z.strictObject({ letters: z.array(idParam('letter')).min(1).max(BULK), ...handedOver, proof }),
    answer: z.object({
      items: z.array(z.object({ letter: z.string(), status: z.string().optional(), refused: z.string().optional() })),
    }),
    async handle({ params: { site }, body, actor, now, idempotencyKey, language }, deps) {
      const { letters: ids, relation, ...how } = body;
      const items = await inParallel([...new Set(ids)], WIDTH, async (letter) => {
        try {
          await settledFirst(site, deps, { id: letter, now });
          const { current } = await execute(
            deps.letters,
            command(deps, {
              ...{ site, id: letter, actor, now },
              idempotencyKey: { ...idempotencyKey, seen: undefined, scope: `${idempotencyKey.scope}#${letter}` },
              lookUp: (state) => printedNow(undefined, site, deps, { id: letter, now, state }),
              texts: () => ({ relation }),
              decide: (on, refs, { hash }) => decisions.handOver(on, { ...how, relation: refs.relation }, hash),
              extraItems: ({ marks }) => marks,
            }),
          );
          return { letter, status: current.state?.status };
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          const { title, errors = [] } = problemOf(error, language);
          return { letter, refused: [title, ...errors.map(({ field, rule }) => `${field}: ${rule}`)].join('; ') };
        }
      });
      return { items };
    },
  }),
];
