import * as z from 'zod';
import { idsOf, payerOf } from '../directory/payer.ts';
import type { Directory } from '../directory/units.ts';
import type { Envelope } from '../domain/events.ts';
import { notFound } from '../domain/refusal.ts';
import { type Route, routesFor } from '../http/route.ts';
import { historyOut, idParam, paging, siteParam } from '../http/schemas.ts';
import type { Access, Actor } from '../people/access.ts';
import type { KnownTexts, PersonalReader } from '../people/personal.ts';
import type { Role } from '../people/positions.ts';
import { type SheetColumns, table, timeAt } from '../sheet/columns.ts';
import { formatted, sheetFiles } from '../sheet/files.ts';
import { type Clock, iso } from '../time/clock.ts';
import type { Keeping } from './events.ts';
import { type AnyJournal, refsDeep, type Theirs, type WalkPlace, walkTheirs } from './theirs.ts';

/** Who answers to a person for what is kept of them (PIPL art. 45–47). */
export const ANSWERS: Role[] = ['centre-manager', 'site-director', 'administrator'];

export interface KeptDeps {
  access: Access;
  clock: Clock;
  personal: PersonalReader;
  directory: Directory;
}

/** Pages of the list walked in one answer at most: one that shows something ends it. */
const STEPS = 20;

const keptOut = z.object({
  party: z.string(),
  parties: z.array(z.string()).meta({ description: 'Every id the party goes by' }),
  items: z.array(
    z.object({
      what: z.string().meta({ description: 'The kind of case' }),
      id: z.string(),
      finished: z.boolean(),
      history: z.array(historyOut).meta({ description: 'All that happened, with every text that is still kept' }),
    }),
  ),
  next: z.string().optional().meta({ description: 'Absent on the last page; a page may be empty' }),
});
type Kept = z.output<typeof keptOut>;

const placeOf = (cursor: string | undefined): WalkPlace | undefined => {
  if (cursor === undefined) return undefined;
  const [type = '', half, id] = cursor.split('.');
  return { type, half: half as WalkPlace['half'], after: id };
};
const cursorOf = ({ type, half, after: id }: WalkPlace): string =>
  [type, half, ...(id === undefined ? [] : [id])].join('.');

/** References as their texts (null once erased), instants as ISO 8601; what only the clock needs is left out. */
const told = (field: string, value: unknown, texts: KnownTexts): unknown => {
  if (Array.isArray(value)) return value.map((one) => told(field, one, texts));
  if (typeof value === 'number' && /(^at|due|Due|At|By|again|until)$/.test(field)) return iso(value);
  if (typeof value !== 'object' || value === null) return value;
  const [ref] = 'hash' in value ? refsDeep(value) : [];
  if (ref) return texts.get(ref.ref)?.shown ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !['opens', 'policy', 'wake'].includes(name))
      .map(([name, one]) => [name, told(name, one, texts)]),
  );
};

const shownOf = async (
  personal: PersonalReader,
  site: string,
  { journal, current }: Theirs,
  events: readonly Envelope[],
): Promise<Kept['items'][number]> => {
  const texts = await personal.both(site, refsDeep(events.map(({ data }) => data)), 'answer');
  return {
    what: journal.type.type,
    id: current.id,
    finished: journal.type.finished(current.state),
    history: events.map(({ version, name, at, by, data }) => ({
      version,
      event: name,
      at: iso(at),
      by,
      data: told('', data, texts) as Record<string, unknown>,
    })),
  };
};

const ROWS: SheetColumns<{ what: string; id: string; at: string; event: string; field: string; value: string }> = [
  ['kept.what', ({ what }) => what],
  ['kept.id', ({ id }) => id],
  ['kept.at', ({ at }, _, told) => timeAt(at, told)],
  ['kept.event', ({ event }) => event],
  ['kept.field', ({ field }) => field],
  ['kept.value', ({ value }) => value],
];

const cellsOf = (field: string, value: unknown): { field: string; value: string }[] => {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [{ field, value: String(value) }];
  return Object.entries(value).flatMap(([name, one]) => cellsOf(field === '' ? name : `${field}.${name}`, one));
};

const files = (service: Keeping) =>
  sheetFiles<Kept>(`kept-${service}`, ({ items }, language, told) =>
    table(
      ROWS,
      items.flatMap(({ what, id, history }) =>
        history.flatMap(({ at, event, data }) => cellsOf('', data).map((cell) => ({ what, id, at, event, ...cell }))),
      ),
      language,
      told,
    ),
  );

/** What a person is given of what a service keeps of them: a page of their cases, each with its whole history. */
export const keptRoute = <Deps extends KeptDeps>(
  service: Keeping,
  summary: string,
  of: {
    journals(deps: Deps): readonly AnyJournal[];
    /**
     * Whether somebody may know of a case who raised it (ADR 16), also where they answer for the person's data: a list of one
     * person's cases says that of each.
     */
    seesWho: (state: never, actor: Actor) => boolean;
    /** What stands before the cases on the first page. */
    first?(deps: Deps, site: string, parties: readonly string[]): Promise<{ theirs: Theirs; events: Envelope[] }[]>;
  },
): Route<Deps> =>
  routesFor<Deps>()({
    method: 'GET',
    path: `/sites/{site}/parties/{party}/kept/${service}`,
    summary,
    who: ANSWERS,
    personal: true,
    params: z.object({ site: siteParam, party: idParam('party') }),
    query: z.strictObject({ ...paging, ...formatted }),
    answer: keptOut,
    files: files(service),
    async handle({ params: { site, party: asked }, query, actor }, deps) {
      const card = await payerOf(deps.directory, site, asked);
      if (!card) throw notFound(asked);
      const parties = idsOf(card);
      const shown: { theirs: Theirs; events: Envelope[] }[] = [];
      if (query.after === undefined) shown.push(...((await of.first?.(deps, site, parties)) ?? []));
      let next = placeOf(query.after);
      let steps = 0;
      for await (const page of walkTheirs(of.journals(deps), { site, parties, from: next, limit: query.limit })) {
        for (const theirs of page.found) {
          if (!of.seesWho(theirs.current.state as never, actor)) continue;
          shown.push({ theirs, events: await theirs.journal.whole(site, theirs.current.id) });
        }
        next = page.next;
        steps += 1;
        if (next === undefined || steps >= STEPS || shown.length > 0) break;
      }
      const all = await Promise.all(shown.map(({ theirs, events }) => shownOf(deps.personal, site, theirs, events)));
      return {
        party: card.party,
        parties,
        items: all,
        ...(next === undefined ? {} : { next: cursorOf(next) }),
      };
    },
  });
