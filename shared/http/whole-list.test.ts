import { expect, test } from 'vitest';
import * as z from 'zod';
import { defineTable } from '../aws/table.ts';
import { table } from '../sheet/columns.ts';
import { formatted, sheetFiles } from '../sheet/files.ts';
import { apiCaller } from '../testing/api-caller.ts';
import { SITE, siteInMemory } from '../testing/site.ts';
import { routesFor } from './route.ts';
import { pageByName, pageOf, paging, siteOnly } from './schemas.ts';

const NINE = Date.UTC(2026, 4, 1, 1);
const item = z.object({ name: z.string(), words: z.string() });
const files = sheetFiles<{ items: z.output<typeof item>[] }>('things', ({ items }, language, told) =>
  table([['column.name', ({ name }) => name]], items, language, told),
);
const listed = { method: 'GET', summary: 'Things', who: 'staff', params: siteOnly, answer: pageOf(item) } as const;

/** Lists of so many things with so many letters each: one that can be had as a file, and one that can't. */
const things = async (many: number, letters = 10) => {
  const site = await siteInMemory(defineTable({ name: 'own', journal: false }), { li: { role: 'agent' } }, NINE);
  const all = Array.from({ length: many }, (_, n) => ({
    name: String(n).padStart(6, '0'),
    words: 'x'.repeat(letters),
  }));
  const route = routesFor<typeof site.deps>();
  let pages = 0;
  const page = async ({ query }: { query: { limit: number; after?: string | undefined } }) => {
    pages += 1;
    return pageByName(all, ({ name }) => name, query);
  };
  const call = apiCaller<typeof site.deps>(
    [
      route({
        ...listed,
        path: '/sites/{site}/things',
        query: z.strictObject({ ...paging, ...formatted }),
        files,
        handle: page,
      }),
      route({ ...listed, path: '/sites/{site}/others', query: z.strictObject(paging), handle: page }),
    ],
    site.deps,
  );
  return { ask: (path: string) => call('li', `GET /sites/${SITE}/${path}`), pages: () => pages };
};

test('a list that can be had as a file can be had whole', async () => {
  const { ask, pages } = await things(2_500);
  const { body } = await ask('things?all=true');
  expect([body.items.length, body.items.at(-1).name, pages()]).toEqual([2_500, '002499', 2]);
  expect(body).not.toHaveProperty('next');
  const csv = (await ask('things?all=true&format=csv')).body as string;
  expect(csv.trim().split('\n')).toHaveLength(2_501);
  expect((await ask('things')).body.items).toHaveLength(50);
});

test('more than one answer may be is refused, not cut off', async () => {
  const { ask } = await things(1_500, 3_000);
  expect(await ask('things?all=true')).toMatchObject({ status: 422, body: { code: 'request.all-too-large' } });
});

test('it is all, from the start, or a page', async () => {
  const { ask } = await things(120);
  const { next } = (await ask('things')).body;
  for (const wrong of ['things?all=false', 'things?all=', `things?all=true&after=${next}`])
    expect(await ask(wrong)).toMatchObject({ status: 400, body: { errors: [{ field: 'query.all' }] } });
  expect((await ask('others?all=true')).status).toBe(400);
});
