import { Refusal } from '../domain/refusal.ts';
import { isPaged } from './cursor.ts';
import type { Input, Route, RouteDef } from './route.ts';

/** Bytes that the items may be, of the 6 MB that Lambda sends: names come besides, and quotes count twice. */
const MOST = 3 * 1024 * 1024;
/** Rows asked for at once: a list that is worked out as a whole is worked out anew for each page of it. */
const PAGE = 2_000;

/** Whether a list can be had whole, `?all=true`: one that can be had as a file. */
export const isHadWhole = (route: RouteDef): boolean => isPaged(route) && route.files !== undefined;

/**
 * A list from its first page to its last as one answer.
 * @throws Refusal where that is more than one answer may be
 */
export const wholeList = async <Deps>(
  route: Route<Deps>,
  input: Input<never, never, never>,
  deps: Deps,
): Promise<unknown> => {
  const items: unknown[] = [];
  let [bytes, after]: [number, string | undefined] = [0, undefined];
  for (;;) {
    const query = { ...(input.query as object), limit: PAGE, after } as never;
    const { next, ...page } = (await route.handle({ ...input, query }, deps)) as { items: unknown[]; next?: string };
    items.push(...page.items);
    bytes += Buffer.byteLength(JSON.stringify(page.items));
    if (bytes > MOST) throw new Refusal('rule', 'request.all-too-large', { megabytes: MOST / 1024 / 1024 });
    if (next === undefined) return { ...page, items };
    after = next;
  }
};
