import type { Language } from '../text/catalogue.ts';
import type { AnswerFile, Route } from './route.ts';
import type { ApiAnswer, ApiEvent } from './serve.ts';

const SECURE = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000',
};

/** What a handler found as its route says it is answered: JSON through the answer's schema, a file, or a page. */
export const answer = <Deps>(route: Route<Deps>, result: unknown, event: ApiEvent, language: Language): ApiAnswer => {
  const query = event.queryStringParameters ?? {};
  const file = route.files?.[query.format ?? ''];
  if (file) return fileAnswer(route, file, route.answer.parse(result), query, language);
  return {
    statusCode: route.status,
    headers: { ...SECURE, ...route.headers, 'content-type': route.contentType ?? 'application/json; charset=utf-8' },
    ...(route.contentType ? content(result) : { body: JSON.stringify(route.answer.parse(result)) }),
  };
};

const content = (result: unknown): Pick<ApiAnswer, 'body' | 'isBase64Encoded'> =>
  result instanceof Uint8Array
    ? { body: Buffer.from(result).toString('base64'), isBase64Encoded: true }
    : { body: String(result) };

/** A file has no room for the `next` of a page: it stands in a `Link` (RFC 8288), relative to what was asked. */
const fileAnswer = <Deps>(
  route: Route<Deps>,
  { contentType, fileName, write }: AnswerFile<never>,
  result: unknown,
  query: Record<string, string | undefined>,
  language: Language,
): ApiAnswer => {
  const next = (result as { next?: unknown } | null)?.next;
  const following = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, after: String(next) })) {
    if (value !== undefined) following.set(name, value);
  }
  return {
    statusCode: route.status,
    headers: {
      ...SECURE,
      ...route.headers,
      'content-type': contentType,
      'content-disposition': `attachment; filename="${fileName}"`,
      'content-language': language,
      ...(typeof next === 'string' ? { link: `<?${following}>; rel="next"` } : {}),
    },
    ...content(write(result as never, language)),
  };
};

export const problemAnswer = (status: number, problem: unknown, language: Language): ApiAnswer => ({
  statusCode: status,
  headers: {
    ...SECURE,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
    ...(status === 404 || status === 429 ? { 'retry-after': '1' } : {}),
  },
  body: JSON.stringify(problem),
});
