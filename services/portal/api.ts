import * as z from 'zod';
import { type Route, routesFor } from '../../shared/http/route.ts';
import type { Access } from '../../shared/people/access.ts';
import { LANGUAGES } from '../../shared/text/catalogue.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { ApiDocument } from './document.ts';
import { POLICY, page } from './page.ts';

export interface Deps {
  document: ApiDocument;
  access: Access;
  clock: Clock;
}

const route = routesFor<Deps>();

const aboutTheApi = (path: string) =>
  route({
    method: 'GET',
    path,
    summary: 'This description as a page, in Chinese or English',
    who: 'everybody',
    query: z.object({
      lang: z.enum(LANGUAGES).optional().meta({ description: 'Else by `Accept-Language`' }),
    }),
    answer: z.string(),
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': POLICY },
    handle: async ({ query, language }, { document }) => page(document, query.lang ?? language),
  });

export const routes: Route<Deps>[] = [
  aboutTheApi('/'),
  aboutTheApi('/docs'),
  route({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description as an OpenAPI 3.1 document',
    who: 'everybody',
    answer: z.record(z.string(), z.unknown()),
    handle: async (_, { document }) => ({ ...document }),
  }),
];
