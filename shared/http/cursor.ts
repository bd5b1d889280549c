import { invalid } from '../domain/refusal.ts';
import { digest } from './digest.ts';
import { type RouteDef, routeKey } from './route.ts';

/**
 * The cursor of a list: the place at which it goes on, under a seal of what it is a place in. Lists name their places as they like (a
 * key, an id, a number); here alone a place becomes the `next` of an answer, and `after` a place again. The seal is no secret and needs
 * none: a place gives no right, for every list is read under the site and the person of the request (docs/adr/0022).
 */

/** What a place is a place in: another list, site, person or filter has other cursors. */
export type List = readonly unknown[];

/** A sort key of DynamoDB is no longer. */
const KEY_BYTES = 1024;
/** Of the digest, in Base64: 96 bits, more than anybody hits by chance. */
const SEAL = 16;
/** How a page is asked for, and written; neither says what is in the list. */
const OF_PAGE = new Set(['limit', 'after', 'format']);

export const isPaged = ({ query }: RouteDef): boolean => query !== undefined && 'after' in query.shape;

/** @param asked the path's parameters and the query's filters, as checked */
export const listOf = (route: RouteDef, staff: string, asked: Readonly<Record<string, unknown>>): List => [
  route.pagesOf ?? routeKey(route),
  staff,
  Object.fromEntries(Object.entries(asked).filter(([name]) => !OF_PAGE.has(name))),
];

export const sealed = (list: List, place: string): string =>
  digest([list, place], 'base64url').slice(0, SEAL) + Buffer.from(place).toString('base64url');

/** @throws Refusal for whatever wasn't the `next` of this very list */
export const unsealed = (list: List, cursor: string): string => {
  const place = Buffer.from(cursor.slice(SEAL), 'base64url').toString();
  if (Buffer.byteLength(place) > KEY_BYTES || sealed(list, place) !== cursor)
    throw invalid({ field: 'query.after', rule: 'field.next-of-page' });
  return place;
};

const isPart = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** An answer whose `next` is sealed, wherever its page stands: it is one, or has one for a part. */
export const withCursor = (list: List, answer: unknown): unknown => {
  if (!isPart(answer)) return answer;
  const parts = Object.entries(answer).map(([name, value]) => {
    if (name === 'next' && typeof value === 'string') return [name, sealed(list, value)];
    return [name, isPart(value) && typeof value.next === 'string' ? withCursor(list, value) : value];
  });
  return Object.fromEntries(parts);
};
