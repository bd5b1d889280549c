import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { isPaged } from '../../../shared/http/cursor.ts';
import { STATUS } from '../../../shared/http/problem.ts';
import { isCommand, type RouteDef, routeKey } from '../../../shared/http/route.ts';
import { bytes } from '../../../shared/http/schemas.ts';
import { namesOut } from '../../../shared/http/told.ts';
import { isHadWhole } from '../../../shared/http/whole-list.ts';
import type { Role } from '../../../shared/people/positions.ts';
import { say } from '../../../shared/text/catalogue.ts';
import type { Service } from '../services.ts';
import { refusalCodes } from './errors.ts';
import { withoutNoise } from './json-schema.ts';

const ABOUT = `Property management in which every matter an owner raises has somebody responsible and every item gets an answer.

Sign in with the OIDC issuer of the deployment and send its token as \`Authorization: Bearer …\`. What you may do at which
site is a grant in the registry. Every command needs an \`Idempotency-Key\`: the same key gives the same answer and no second
effect, for good. Answers and problems come in Chinese or English, by \`Accept-Language\`. Instants are ISO 8601.
What an answer has the id of is called something in its \`names\`, in the reader's language: also of a command that is answered again.`;

/** What a request may be refused with, beyond the answer; described once. */
const PROBLEMS = {
  [STATUS.invalid]: ['Invalid', 'A value is wrong; `errors` names each field and the rule it breaks'],
  [STATUS.unauthenticated]: ['Unauthenticated', 'No valid token'],
  [STATUS.forbidden]: ['Forbidden', 'Not with your roles at this site'],
  [STATUS['not-found']]: ['NotFound', 'It is not there, or not (yet) visible to you'],
  [STATUS.gone]: ['Gone', 'What the link opened has ended'],
  [STATUS.conflict]: [
    'Conflict',
    'It contradicts something that was done before; `request.overtaken`: somebody else was faster, send it again',
  ],
  [STATUS.changed]: ['Changed', 'Somebody did something to it since the version that `If-Match` names'],
  [STATUS.rule]: ['Refused', 'A rule of the business says no; `code` says which'],
  [STATUS['too-many']]: [
    'TooMany',
    'Too many at once, or within an hour or a day; `Retry-After` says when it may be tried again',
  ],
  [STATUS['too-long']]: [
    'TooLong',
    'It takes too long and may be done: sent again under its key, it says what came of it',
  ],
  [STATUS.unexpected]: [
    'Unexpected',
    'Something went wrong and is recorded; with the same key it is safe to try again',
  ],
} as const;

const problem = z.object({
  type: z.string().meta({ description: '`urn:huiyin:problem:` and the code' }),
  title: z.string().meta({ description: 'A sentence for people, in their language' }),
  status: z.number().int(),
  code: z
    .enum(refusalCodes() as [string, ...string[]])
    .meta({ description: 'For programs; never changes its meaning' }),
  details: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .meta({ description: 'What the sentence was filled in with' }),
  errors: z
    .array(z.object({ field: z.string(), rule: z.string() }))
    .optional()
    .meta({ description: 'The fields that are wrong and the rule each breaks' }),
  instance: z.string().optional().meta({ description: '`urn:huiyin:request:` and the id under which the log has it' }),
});

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/)
  .meta({
    description: 'Makes the command happen once: a UUID of your own making',
    example: '4f3f5c1e-0d7e-4a53-9d3e',
  });

const ifMatch = z.string().optional().meta({
  description:
    'The `version` you have seen: refused (412) where somebody did something to it since; a reminder, a miss or an escalation is no such thing',
  example: '"7"',
});

const refusals = (route: RouteDef): number[] => {
  const open = route.who === 'everybody';
  const { invalid, unauthenticated, forbidden, conflict, changed, rule } = STATUS;
  return [
    ...(route.params || route.query || route.body || isCommand(route) ? [invalid] : []),
    ...(open ? [] : [unauthenticated, forbidden]),
    ...(route.params ? [STATUS['not-found']] : []),
    ...(open && route.params ? [STATUS.gone] : []),
    ...(isCommand(route) ? [conflict, changed, rule] : []),
    STATUS['too-many'],
    STATUS['too-long'],
    STATUS.unexpected,
  ];
};

const whoOf = ({ who, positions }: RouteDef): string =>
  positions
    ? `${Object.entries(positions)
        .map(([position, whom]) => `${position} (${say(whom, 'en')})`)
        .join('; ')}.`
    : who === 'everybody'
      ? 'Everybody, without signing in.'
      : who === 'staff'
        ? 'Any member of staff.'
        : `${who.join(', ')}.`;

/** `POST /sites/{site}/complaints/{complaint}/judge` → `postSitesSiteComplaintsComplaintJudge` */
const operationId = ({ method, path }: RouteDef): string =>
  `${method.toLowerCase()}${path
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`;

/** Of a form, every value is text, and the key is one of them. */
const requestBody = ({ body, form }: RouteDef): Pick<ZodOpenApiOperationObject, 'requestBody'> => {
  const key = z.object({ key: idempotencyKey });
  const content = {
    ...(body ? { 'application/json': { schema: body } } : {}),
    ...(form ? { 'application/x-www-form-urlencoded': { schema: body ? z.intersection(body, key) : key } } : {}),
  };
  return body || form ? { requestBody: { required: body !== undefined, content } } : {};
};

/** What else an answer can be had as. */
const fileContent = ({ files = {} }: RouteDef) =>
  Object.fromEntries(
    Object.values(files).map(({ contentType }) => {
      const [type = ''] = contentType.split(';');
      return [type, { schema: { type: 'string' as const, format: 'binary', contentMediaType: type } }];
    }),
  );

/** Beside whatever staff are answered. */
const named = z.object({ names: namesOut.optional() });
/** A file has no shape to describe but its type. */
const answerSchema = ({ answer, contentType, who }: RouteDef, type: string) => {
  if (answer === bytes) return { type: 'string' as const, format: 'binary', contentMediaType: type };
  return contentType === undefined && who !== 'everybody' ? z.intersection(answer, named) : answer;
};

const all = z
  .literal('true')
  .optional()
  .meta({ description: 'The whole list in one answer, as far as that is 3 MB; without `after`' });

/** A cursor is one text to whoever asks, whatever the list calls its places. */
const queryOf = (route: RouteDef) => {
  const description = route.pagesOf ? `A page's \`next\` of \`${route.pagesOf}\`` : "The page before's `next`";
  const after = z.string().optional().meta({ description });
  if (!isPaged(route)) return route.query;
  return z.object({ ...route.query?.shape, after, ...(isHadWhole(route) ? { all } : {}) });
};

const operation = (service: string, route: RouteDef): ZodOpenApiOperationObject => {
  const type = route.contentType ?? 'application/json';
  const key = route.form ? idempotencyKey.optional() : idempotencyKey;
  return {
    operationId: operationId(route),
    summary: route.summary,
    description: `**Who:** ${whoOf(route)}`,
    tags: [service],
    'x-who': route.positions ? (Object.keys(route.positions) as Role[]) : route.who,
    ...(route.who === 'everybody' ? { security: [] } : {}),
    requestParams: {
      ...(route.params ? { path: route.params } : {}),
      ...(route.query ? { query: queryOf(route) } : {}),
      ...(isCommand(route) ? { header: z.object({ 'Idempotency-Key': key, 'If-Match': ifMatch }) } : {}),
    },
    ...requestBody(route),
    responses: {
      [`${route.status as 200}`]: {
        description: 'Done',
        content: { [type]: { schema: answerSchema(route, type) }, ...fileContent(route) },
      },
      ...Object.fromEntries(
        refusals(route).map((status) => [
          `${status}`,
          { $ref: `#/components/responses/${PROBLEMS[status as keyof typeof PROBLEMS][0]}` },
        ]),
      ),
    },
  };
};

const pathsOf = (services: readonly Service[]): ZodOpenApiPathsObject => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { name, routes } of services) {
    for (const route of routes) {
      const method = route.method.toLowerCase();
      if (paths[route.path]?.[method]) throw new Error(`${routeKey(route)} is declared twice`);
      paths[route.path] = { ...paths[route.path], [method]: operation(name, route) };
    }
  }
  return paths;
};

/** The API as OpenAPI 3.1, from every service's routes and the shapes they share. */
export const openapi = (services: readonly Service[]) =>
  createDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Huiyin (回音)', version: '1', description: ABOUT },
      servers: [{ url: '/' }],
      security: [{ oidc: [] }],
      tags: services.filter(({ routes }) => routes.length > 0).map(({ name }) => ({ name })),
      paths: pathsOf(services),
      components: {
        schemas: { Problem: problem },
        responses: Object.fromEntries(
          Object.values(PROBLEMS).map(([name, description]) => [
            name,
            { description, content: { 'application/problem+json': { schema: problem } } },
          ]),
        ),
        securitySchemes: {
          oidc: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: "A token of the deployment's OIDC issuer",
          },
        },
      },
    },
    { override: withoutNoise },
  );
