import type { PersonalRef } from '../domain/events.ts';
import type { Current } from '../journal/aggregate.ts';
import type { Journal } from '../journal/journal.ts';

// biome-ignore lint/suspicious/noExplicitAny: any aggregate may be of a person
export type AnyJournal = Journal<any, any>;

/** A person's aggregate, and the journal it lies in. */
export interface Theirs {
  journal: AnyJournal;
  current: Current<unknown>;
}

const isRef = (value: object): value is PersonalRef => 'ref' in value && 'hash' in value;

/** Every reference to a text, however deep it stands. */
export const refsDeep = (value: unknown): PersonalRef[] => {
  if (typeof value !== 'object' || value === null) return [];
  return isRef(value) ? [value] : Object.values(value).flatMap(refsDeep);
};

const isOf = (parties: readonly string[], state: unknown): boolean =>
  parties.includes((state as { party?: string } | undefined)?.party ?? '');

/** Heads of one page. */
const PAGE = 100;

/** A place in a walk over a service's journals: which, which half of its list, and after which id. */
export interface WalkPlace {
  type: string;
  half: 'open' | 'finished';
  after?: string | undefined;
}

const HALVES = ['open', 'finished'] as const;

/**
 * What of a site's journals is of a person, a page of the list at a time: there is no index of who said what, for an
 * erasure is rare and every contact would pay for it.
 * @param from where to begin; a place that isn't one of these journals is the beginning
 */
export async function* walkTheirs(
  journals: readonly AnyJournal[],
  {
    site,
    parties,
    from,
    limit = PAGE,
  }: { site: string; parties: readonly string[]; from?: WalkPlace | undefined; limit?: number },
): AsyncGenerator<{ found: Theirs[]; next: WalkPlace | undefined }> {
  const halves = journals.flatMap((journal) => HALVES.map((half) => ({ journal, half })));
  const start = halves.findIndex(({ journal, half }) => journal.type.type === from?.type && half === from.half);
  let after = start === -1 ? undefined : from?.after;
  for (let i = Math.max(start, 0); i < halves.length; i++) {
    const { journal, half } = halves[i] as (typeof halves)[number];
    const following = halves[i + 1];
    do {
      const page = await journal.walk(site, half === 'finished', limit, after);
      after = page.next;
      const found = page.items
        .filter(({ state }) => isOf(parties, state) && journal.type.finished(state) === (half === 'finished'))
        .map((current) => ({ journal, current }));
      const rest = following && { type: following.journal.type.type, half: following.half };
      yield { found, next: after === undefined ? rest : { type: journal.type.type, half, after } };
    } while (after !== undefined);
  }
}
