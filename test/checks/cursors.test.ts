import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { PREFIX } from '../../shared/domain/ids.ts';
import { type Route, type RouteDef, routeKey } from '../../shared/http/route.ts';
import { http } from '../../shared/lambda/http.ts';
import type { Person } from '../../shared/people/access.ts';
import { ROLES } from '../../shared/people/positions.ts';
import { allWithin } from './schemas.ts';
import { findServices } from './services.ts';

/** Every list there is, by its declaration alone: whatever takes an `after`. */
const ROUTES = (await findServices()).flatMap(({ routes }) => routes);
const isPaged = ({ query }: RouteDef) => query !== undefined && 'after' in query.shape;
const LISTS = ROUTES.filter(isPaged);

/** One of these fits nearly every parameter there is. */
const SAMPLES = [
  ...Object.values(PREFIX).map((prefix) => `${prefix}_0`),
  ...['2026-03-02', '2026-02', 'run_2026-02', '2026-000345', '1', 'a', 'Q3', 'total'],
];
const samplesOf = (schema: z.ZodType): string[] => {
  const chosen = [...allWithin(schema)].flatMap((one) => (one instanceof z.ZodEnum ? one.options.map(String) : []));
  return [...chosen, ...SAMPLES].filter((sample) => schema.safeParse(sample).success);
};
const sampleOf = (schema: z.ZodType, name: string): string => {
  const [sample] = samplesOf(schema);
  if (sample === undefined) throw new Error(`no sample fits ${name}: add one`);
  return sample;
};
type Texts = Record<string, string>;
const shapeOf = (schema: z.ZodObject | undefined) => Object.entries((schema?.shape ?? {}) as Record<string, z.ZodType>);
const OF_PAGE = ['limit', 'after', 'format'];
const filtersOf = ({ query }: RouteDef) => shapeOf(query).filter(([name]) => !OF_PAGE.includes(name));

const paramsOf = ({ params }: RouteDef, site: string): Texts =>
  Object.fromEntries(shapeOf(params).map(([name, one]) => [name, name === 'site' ? site : sampleOf(one, name)]));
/** What the route can't do without. */
const queryOf = (route: RouteDef): Texts =>
  Object.fromEntries(
    filtersOf(route)
      .filter(([, one]) => !one.safeParse(undefined).success)
      .map(([name, one]) => [name, sampleOf(one, name)]),
  );

const person = (staff: string): Person => ({
  staff,
  active: true,
  language: 'en',
  grants: ROLES.map((role) => ({ site: '*', role, ...(role === 'department-head' ? { department: 'a' } : {}) })),
});

interface ListCall {
  site?: string;
  who?: string;
  query?: Texts;
  language?: string;
}
/** The list as it is declared; what it would find is one page that ends at `place`. */
const listIn = (route: RouteDef, place: string) => {
  const reached: unknown[] = [];
  const { contentType: _, files: __, ...json } = route;
  const found: Route<never> = {
    ...json,
    answer: z.unknown(),
    handle: async ({ query }) => {
      reached.push((query as { after?: string }).after);
      return { items: [], next: place };
    },
  };
  const handle = http([found], { access: { person: async (who: string) => person(who) }, clock: () => 0 } as never);
  const ask = async ({ site = 's1', who = 'ann', query = {}, language = 'en' }: ListCall = {}) => {
    const { statusCode, body } = await handle({
      routeKey: routeKey(route),
      headers: { 'accept-language': language },
      pathParameters: paramsOf(route, site),
      queryStringParameters: { ...queryOf(route), ...query },
      requestContext: { authorizer: { jwt: { claims: { sub: who } } } },
    });
    return { status: statusCode, body: JSON.parse(body) };
  };
  return { ask, reached };
};

// Thousands of requests are asked; nobody reads what each of them logs.
beforeAll(() => void vi.spyOn(process.stdout, 'write').mockImplementation(() => true));
afterAll(() => void vi.restoreAllMocks());

const MADE_UP = ['', ' ', 'x', '~', '\0', '0', '-1', '9999', 'con_0', '😀', 'x'.repeat(3_000), '{"pk":"s2"}'];
/** What becomes of a cursor on its way: cut, longer, in other letters, written as something else. */
const spoilt = (cursor: string): string[] =>
  [
    ...[cursor.slice(1), cursor.slice(0, -1), cursor.slice(0, 16), cursor.slice(16), cursor.slice(0, 8)],
    ...[`${cursor}=`, `${cursor}A`, ` ${cursor}`, cursor + cursor],
    ...[cursor.toLowerCase(), cursor.toUpperCase(), encodeURIComponent(encodeURIComponent(`${cursor}/`))],
    ...[Buffer.from(cursor).toString('base64'), Buffer.from(cursor.slice(16), 'base64url').toString()],
  ].filter((one) => one !== cursor);

test('whatever says where its next page begins takes it back', () => {
  expect(LISTS.length).toBeGreaterThan(50);
  const pages = (schema: z.ZodType): boolean =>
    schema instanceof z.ZodObject && (schema.shape.next !== undefined || Object.values(schema.shape).some(pages));
  for (const route of ROUTES) if (pages(route.answer)) expect(LISTS.map(routeKey)).toContain(routeKey(route));
});

describe.each(LISTS.map((route, i) => [routeKey(route), route, LISTS.at(i - 1) as RouteDef] as const))(
  '%s',
  (key, route, another) => {
    const place = sampleOf(route.query?.shape.after as z.ZodType, 'after');
    const { ask, reached } = listIn(route, place);
    const cursor = async (asked: ListCall = {}) => {
      const { status, body } = await ask(asked);
      expect(status, JSON.stringify(body)).toBe(route.status);
      return body.next as string;
    };
    const expectRefused = async (after: string, what: string, asked: ListCall = {}) => {
      const before = reached.length;
      const { status, body } = await ask({ ...asked, query: { ...asked.query, after } });
      expect(status, `${what}: ${JSON.stringify(after)}`).toBe(400);
      expect(body.errors, what).toEqual([{ field: 'query.after', rule: "the page before's next" }]);
      expect(reached.length, `${what} reached the list`).toBe(before);
    };

    test('goes on where it said that it would', async () => {
      const next = await cursor();
      for (const query of [{}, { limit: '1' }]) {
        expect((await ask({ query: { ...query, after: next } })).status).toBe(route.status);
        expect(reached.at(-1)).toBe(place);
      }
    });

    test('refuses what nobody was given, and what was spoilt on its way', async () => {
      const next = await cursor();
      for (const made of [...MADE_UP, place]) await expectRefused(made, 'made up');
      for (const one of spoilt(next)) await expectRefused(one, 'spoilt');
      const { body } = await ask({ language: 'zh-CN', query: { after: 'x' } });
      expect(body).toMatchObject({
        title: '请求有误',
        errors: [{ field: 'query.after', rule: '须为上一页返回的 next' }],
      });
    });

    test('refuses the cursors of other lists, sites, people and filters', async () => {
      if (another.pagesOf !== key && another.pagesOf !== route.pagesOf) {
        await expectRefused((await listIn(another, place).ask()).body.next, `of ${routeKey(another)}`);
      }
      if (route.path.includes('{site}')) await expectRefused(await cursor({ site: 's2' }), 'of another site');
      await expectRefused(await cursor({ who: 'bob' }), 'of somebody else');
      for (const [name, schema] of filtersOf(route)) {
        const plain = await cursor();
        const values = samplesOf(schema).filter((value) => value !== queryOf(route)[name]);
        for (const value of values) {
          const narrowed = await ask({ query: { [name]: value } });
          // Not every two values fit the other filters; a default said aloud is the same list.
          if (narrowed.status !== route.status || narrowed.body.next === plain) continue;
          await expectRefused(plain, `of all, asked by ${name}`, { query: { [name]: value } });
          await expectRefused(narrowed.body.next, `by ${name}, asked of all`);
          break;
        }
      }
    });
  },
);
