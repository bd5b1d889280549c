import { http } from '../../../shared/lambda/http.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { type Deps, routes } from './api.ts';
import { type Deps as MailDeps, routes as mailRoutes } from './mail/mail-api.ts';
import { routes as pageRoutes } from './page/page-api.ts';
import type { Office } from './testing-office.ts';

/** The API of letters, as the gateway calls it. */
export const notificationsFor = (o: Office) => apiCaller<Deps & MailDeps>([...routes, ...mailRoutes], o);

/** The page behind a link as a browser calls it: no headers of its own but the language. */
export const browserOf = (o: Office) => async (request: string, form?: Record<string, string>) => {
  const [method, url = ''] = request.split(' ');
  const { pathname, searchParams } = new URL(url, 'https://api.example');
  const [, , token = '', more] = pathname.split('/');
  return http(
    pageRoutes,
    o,
  )({
    routeKey: `${method} /n/{token}${more ? `/${more}` : ''}`,
    headers: { 'accept-language': 'en', ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    pathParameters: { token },
    queryStringParameters: Object.fromEntries(searchParams),
    ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    requestContext: {},
  });
};

/** The links of the mails so far, oldest first. */
export const linksOf = ({ mails }: Office): string[] =>
  mails.map(({ text }) => /https:\S+(\/n\/[\w-]{22})/.exec(text)?.[1] ?? '');
