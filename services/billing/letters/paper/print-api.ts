import * as z from 'zod';
import { inParallel } from '../../../../shared/aws/many.ts';
import { payersOf } from '../../../../shared/directory/payer.ts';
import { unitsById } from '../../../../shared/directory/units.ts';
import { notFound, refuse } from '../../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../../shared/http/route.ts';
import { bytes, dayIn, idParam, paging, siteParam } from '../../../../shared/http/schemas.ts';
import type { Current } from '../../../../shared/journal/aggregate.ts';
import type { Access } from '../../../../shared/people/access.ts';
import { KNOWS_ACCOUNTS } from '../../../../shared/people/positions.ts';
import type { Clock } from '../../../../shared/time/clock.ts';
import { type MailedPaper, pdfOf, pdfOfAll } from '../../documents/contract.ts';
import { deliverySheetOf } from '../content.ts';
import type { Letter } from '../letter.ts';
import { type ReadDeps, readPaper } from '../read-store.ts';
import { listedLetters } from '../store.ts';
import { byDoor, doorOf } from './delivery-route.ts';

export interface Deps extends ReadDeps {
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();
const PDF = { answer: bytes, contentType: 'application/pdf' } as const;
const ON_PAPER = { pagesOf: 'GET /sites/{site}/letters', ...PDF } as const;
const day = z.object({ site: siteParam, day: dayIn });
const STATES = ['to-print', 'printed'] as const;
/** Letters in one file at most: what a function can answer with. */
const most = (n: number) => ({
  state: z.enum(STATES).default('to-print'),
  limit: z.coerce.number().int().min(1).max(n).default(n),
  after: paging.after,
});
/** Letters of a day that its first sheet says were withdrawn, at most; all are in the list of letters. */
const WITHDRAWN_MOST = 100;
const NONE = { items: [] };
/** Letters read side by side. */
const WIDTH = 4;

/** Letters of a page by their doors, with the units they are for. */
const atDoors = async ({ directory }: Deps, site: string, page: readonly Current<Letter>[]) => {
  const letters = page.flatMap(({ state, ...rest }) => (state ? [{ ...rest, state }] : []));
  const ids = letters.map(({ state }) => doorOf(state));
  const units = await unitsById(directory, site, ids);
  return { letters: byDoor(letters, units), units };
};

const sheetOf = async (
  deps: Deps,
  site: string,
  on: string,
  page: readonly Current<Letter>[],
  gone: readonly Current<Letter>[],
) => {
  const { directory, personal, policies } = deps;
  const parties = page.flatMap(({ state }) => state?.party ?? []);
  const [facts, cards, { letters, units }, withdrawn] = await Promise.all([
    policies.site(site),
    payersOf(directory, site, parties),
    atDoors(deps, site, page),
    atDoors(deps, site, gone),
  ]);
  const names = await personal.read(
    site,
    [...cards.values()].map(({ name }) => name),
    'contract',
  );
  return deliverySheetOf(letters, withdrawn.letters, {
    site: facts,
    day: on,
    units: new Map([...units, ...withdrawn.units]),
    nameOf: (party) => names.get(cards.get(party)?.name.ref ?? ''),
  });
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/letters/{letter}/pdf',
    summary: 'A letter on paper',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: z.object({ site: siteParam, letter: idParam('letter') }),
    ...PDF,
    async handle({ params: { site, letter } }, deps) {
      const current = await deps.letters.head(site, letter);
      if (!current.state) throw notFound(letter);
      if (current.state.status === 'withdrawn')
        throw refuse(current.state.parted ? 'letter.parted' : 'letter.withdrawn');
      return (await pdfOf(await readPaper(deps, current))).bytes;
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/delivery-sheets/{day}',
    summary: 'The delivery sheet of a day: a row to sign for each letter that is on paper, by building and unit',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: day,
    query: z.strictObject(most(100)),
    ...ON_PAPER,
    async handle({ params: { site, day: on }, query }, deps) {
      const { limit, after, state } = query;
      const { letters } = deps;
      const [{ items }, gone] = await Promise.all([
        listedLetters(letters, site, { status: state, day: on, limit, after }),
        after === undefined
          ? listedLetters(letters, site, { status: 'withdrawn', day: on, limit: WITHDRAWN_MOST })
          : NONE,
      ]);
      if (items.length + gone.items.length === 0) throw notFound(on);
      return (await pdfOf(await sheetOf(deps, site, on, items, gone.items))).bytes;
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/delivery-sheets/{day}/letters',
    summary: 'The letters of a day that are on paper, in one file to print, by building and unit',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: day,
    query: z.strictObject(most(50)),
    ...ON_PAPER,
    async handle({ params: { site, day: on }, query }, deps) {
      const { limit, after, state } = query;
      const { items } = await listedLetters(deps.letters, site, { status: state, day: on, limit, after });
      const { letters } = await atDoors(deps, site, items);
      const papers = await inParallel(letters, WIDTH, (current) => readPaper(deps, current));
      const [first, ...rest] = papers;
      if (!first) throw notFound(on);
      return (await pdfOfAll([first, ...rest] as [MailedPaper, ...MailedPaper[]])).bytes;
    },
  }),
];
