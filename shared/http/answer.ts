import type { Language, MessageKey } from '../text/catalogue.ts';
import type { ApiAnswer, ApiEvent } from './api-event.ts';
import type { Problem } from './problem.ts';
import type { AnswerFile, Route } from './route.ts';
import { NOTHING_TOLD, type Told } from './told.ts';

/** Of the conflicts the one that comes right by sending the same again. */
const OVERTAKEN: MessageKey = 'request.overtaken';

const SECURE = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000',
};

/** What a route lets out of what its handler found, as it is answered: JSON, a file, or a page. */
export const answer = <Deps>(
  route: Route<Deps>,
  out: unknown,
  event: ApiEvent,
  { language, told = NOTHING_TOLD }: { language: Language; told?: Told | undefined },
): ApiAnswer => {
  const { names } = told;
  const query = event.queryStringParameters ?? {};
  const file = route.files?.[query.format ?? ''];
  if (file) return fileAnswer(route, file, out, query, { language, told });
  return {
    statusCode: route.status,
    headers: { ...SECURE, ...route.headers, 'content-type': route.contentType ?? 'application/json; charset=utf-8' },
    ...(route.contentType
      ? content(out)
      : { body: JSON.stringify(Object.keys(names).length > 0 ? { ...(out as object), names } : out) }),
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
  { language, told }: { language: Language; told: Told },
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
    ...content(write(result as never, language, told)),
  };
};

/** A no: problem details, or the page that a route declares for it. */
export const refusalAnswer = <Deps>(
  route: Route<Deps> | undefined,
  found: Problem,
  event: ApiEvent,
  language: Language,
  retryAfter = 1,
): ApiAnswer => {
  const { status } = found;
  const { requestId } = event.requestContext;
  const problem = requestId === undefined ? found : { ...found, instance: `urn:huiyin:request:${requestId}` };
  const page = route?.refused?.({
    problem,
    language,
    params: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
  });
  return {
    statusCode: status,
    headers: {
      ...SECURE,
      ...(page === undefined
        ? { 'content-type': 'application/problem+json; charset=utf-8', 'content-language': language }
        : { ...route?.headers, 'content-type': 'text/html; charset=utf-8' }),
      ...(status === 404 || status === 429 || status === 503 || problem.code === OVERTAKEN
        ? { 'retry-after': String(retryAfter) }
        : {}),
    },
    body: page ?? JSON.stringify(problem),
  };
};
