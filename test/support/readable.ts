import { inParallel } from '../../shared/aws/many.ts';
import { isCommand, type RouteDef } from '../../shared/http/route.ts';
import { ask, filled } from './requests.ts';
import type { World } from './world.ts';

/** Requests under way at once. */
export const SIDE_BY_SIDE = 8;
const PARAM = /\{(\w+)\}/g;
const isReading = (route: RouteDef) => !isCommand(route) && route.who !== 'everybody';

/**
 * Something that is there for each parameter of the routes, found in the lists that lead to it: `/sites/{site}/letters` leads
 * to `{letter}`. A list of a new kind of things is looked into by itself.
 */
export const thingsAt = async (
  world: World,
  { routes, site, by }: { routes: readonly RouteDef[]; site: string; by: readonly string[] },
): Promise<Record<string, string>> => {
  const lists = new Map(routes.filter(isReading).map((route) => [route.path, route]));
  const found: Record<string, string> = { site };
  const wanted = [...new Set(routes.map(({ path }) => path))].sort((a, b) => a.length - b.length);
  const params = new Set(wanted.flatMap((path) => [...path.matchAll(PARAM)].map(([, param = '']) => param)));
  for (const path of wanted) {
    for (const [whole, param = ''] of path.matchAll(PARAM)) {
      const list = lists.get(path.slice(0, path.indexOf(whole) - 1));
      if (found[param] !== undefined || !list?.path.includes('{site}')) continue;
      const item = await firstOf(world, filled(list, found), by);
      const id = item[param] ?? item.id;
      if (id !== undefined) found[param] = String(id);
      // A receipt says its payment, of which there is no list.
      for (const other of params) if (typeof item[other] === 'string') found[other] ??= item[other];
    }
  }
  return found;
};

/** The first of a list, be it still open or finished, as the first of some people who may read it. */
const firstOf = async (world: World, list: string, by: readonly string[]): Promise<Record<string, unknown>> => {
  for (const sub of by) {
    for (const path of [list, `${list}?state=finished`]) {
      const { status, text } = await ask(world.cloud, `GET ${path}`, await world.cloud.token(sub));
      const [item] = status === 200 ? (JSON.parse(text).items ?? []) : [];
      if (item !== undefined) return item;
    }
  }
  return {};
};

/** An answer of the API to somebody, by what was asked. */
export type Answers = Map<string, unknown>;

/** The same as a sheet, where it can be had as one. */
const exported = ({ files }: RouteDef, path: string): string[] =>
  files && 'csv' in files ? [`${path}${path.includes('?') ? '&' : '?'}format=csv`] : [];

/** All that somebody reads of some things, wherever they may read: every route that answers JSON, a page or a sheet, by its path. */
export const allRead = async (
  world: World,
  routes: readonly RouteDef[],
  sub: string,
  things: readonly Record<string, string>[],
): Promise<Answers> => {
  const token = await world.cloud.token(sub);
  const asked = new Set(
    routes
      .filter((route) => isReading(route) && (route.contentType ?? 'application/json') !== 'application/pdf')
      .flatMap((route) => things.flatMap((ids) => [filled(route, ids), ...exported(route, filled(route, ids))])),
  );
  const answers: Answers = new Map();
  await inParallel([...asked], SIDE_BY_SIDE, async (path) => {
    const { status, text } = await ask(world.cloud, `GET ${path}`, token);
    if (status === 200) answers.set(path, text.startsWith('{') ? JSON.parse(text) : text.split('\n'));
  });
  return answers;
};

/** As text, its fields in one order: a table gives them in any. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    isRecord(part) && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What is said of any of some names: each object that has one among its own values, whole, and where it was read. */
const saidOf = (names: readonly string[], at: string, value: unknown): string[] => {
  if (!isRecord(value)) return [];
  const parts = Object.values(value);
  const named = parts.filter((part) => names.some((name) => typeof part === 'string' && part.includes(name)));
  // A sheet's lines are each their own.
  if (Array.isArray(value) && named.length > 0) return named.map((line) => `${at} ${line}`);
  const own = named.length > 0;
  return [...(own ? [`${at} ${written(value)}`] : []), ...parts.flatMap((part) => saidOf(names, at, part))];
};

/** What is said of some names after something happened that wasn't before. */
export const newlySaid = (before: Answers, after: Answers, names: readonly string[]): string[] => {
  const known = new Set([...before].flatMap(([at, answer]) => saidOf(names, at, answer)));
  return [...after].flatMap(([at, answer]) => saidOf(names, at, answer)).filter((said) => !known.has(said));
};
