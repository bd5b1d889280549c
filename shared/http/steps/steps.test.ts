import { beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { notFound, Refusal } from '../../domain/refusal.ts';
import type { Person } from '../../people/access.ts';
import type { ApiAnswer, ApiEvent } from '../api-event.ts';
import { type Route, routesFor } from '../route.ts';
import { answered } from './answered.ts';
import { authenticated } from './authenticated.ts';
import { authorized } from './authorized.ts';
import type { CallInProgress, RequestFacts } from './call.ts';
import { keyed } from './keyed.ts';
import { problemDetails, tooLong } from './problem-details.ts';
import { routed } from './routed.ts';
import { spoken } from './spoken.ts';
import { validated } from './validated.ts';

const lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.restoreAllMocks();
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
});

const SITE = 'sit_1';
const LI: Person = { staff: 'li', active: true, language: 'en', grants: [{ site: SITE, role: 'agent' }] };
const route = routesFor<object>();
const params = z.object({ site: z.string() });
const base = { summary: '', params, answer: z.object({ n: z.number() }), handle: async () => ({ n: 1 }) };
const agents = route({ ...base, method: 'GET', path: '/sites/{site}/cases', who: ['agent'] });
const directors = route({ ...base, method: 'GET', path: '/sites/{site}/books', who: ['site-director'] });
const staff = route({ ...base, method: 'GET', path: '/inbox', who: 'staff' });
const open = route({ ...base, method: 'GET', path: '/letters/{site}', who: 'everybody' });
const command = route({
  ...base,
  method: 'POST',
  path: '/sites/{site}/cases',
  who: ['agent'],
  body: z.object({ n: z.number() }),
});

const event = (more: Partial<ApiEvent> = {}): ApiEvent => ({
  routeKey: 'GET /sites/{site}/cases',
  headers: {},
  pathParameters: { site: SITE },
  requestContext: { requestId: 'req-1' },
  ...more,
});
const signedIn = (sub: unknown) => event({ requestContext: { authorizer: { jwt: { claims: { sub } } } } });
// biome-ignore lint/suspicious/noExplicitAny: a test gives a step what it needs
const call = (context: Partial<RequestFacts<any>>, more: Partial<CallInProgress<any>> = {}): CallInProgress<any> => ({
  event: event(),
  context,
  ...more,
});
const refused = async (work: () => unknown) => {
  const error = await Promise.resolve()
    .then(work)
    .catch((thrown: unknown) => thrown);
  return error instanceof Refusal ? error.code : error;
};
const body = ({ response }: { response?: unknown }) => JSON.parse((response as ApiAnswer).body);

test('routed: the route that the gateway says, or none', async () => {
  const step = routed<object>([agents, staff]);
  const one = call({});
  await step.before?.(one);
  expect(one.context.route).toBe(agents);
  expect(await refused(() => step.before?.(call({}, { event: event({ routeKey: 'GET /none' }) })))).toBe(
    'request.not-found',
  );
});

test('spoken: what is asked for, Chinese where nothing is', () => {
  const inLanguage = (accepted?: string) => {
    const one = call({}, { event: event({ headers: { 'accept-language': accepted } }) });
    spoken.before?.(one);
    return one.context.language;
  };
  expect([inLanguage(), inLanguage('en-GB,en;q=0.9'), inLanguage('fr')]).toEqual(['zh-CN', 'en', 'zh-CN']);
});

test('authenticated: the person of a verified subject, spoken to in their own language', async () => {
  const asked: [string, boolean | undefined][] = [];
  const person = async (sub: string, fresh?: boolean) => {
    asked.push([sub, fresh]);
    return sub === 'li' ? LI : undefined;
  };
  const step = authenticated({ access: { person } as never });
  const by = async (sub: unknown, of: Route<object> = agents) => {
    const one = call({ route: of, language: 'zh-CN' }, { event: signedIn(sub) });
    const why = await refused(() => step.before?.(one));
    return why ?? one.context;
  };
  expect(await by('li')).toMatchObject({ person: LI, caller: 'li', language: 'en' });
  expect(await by('li', command)).toMatchObject({ person: LI });
  // A command is not decided on what an instance still remembers of somebody.
  expect(asked).toEqual([
    ['li', false],
    ['li', true],
  ]);
  expect([await by('wang'), await by(undefined), await by('x'.repeat(256))]).toEqual([
    'request.forbidden',
    'request.unauthenticated',
    'request.unauthenticated',
  ]);
  expect(await by(undefined, open)).toMatchObject({ person: { staff: 'nobody' } });
});

test('authorized: by the roles at the site in the path; without one staff are staff', async () => {
  const may = async (of: Route<object>, site: string | undefined = SITE) => {
    const one = call({ route: of, person: LI }, { event: event({ pathParameters: site === '' ? {} : { site } }) });
    return (await refused(() => authorized.before?.(one))) ?? one.context.actor?.roles.length;
  };
  expect([await may(agents), await may(staff, '')]).toEqual([1, expect.any(Number)]);
  for (const no of [may(directors), may(agents, 'sit_other'), may(agents, '')])
    expect(await no).toBe('request.forbidden');
  expect(await may(open, 'sit_other')).not.toBe('request.forbidden');
  const heads = { ...staff, positions: { 'department-head': 'access.heads' as never } };
  expect(await may(heads, '')).toBe('request.forbidden');
});

test('keyed: the version that was seen; what is none is refused, naming the header', () => {
  const seenBy = (match: string | undefined, of: Route<object> = command) => {
    const headers = { 'idempotency-key': 'k', ...(match === undefined ? {} : { 'if-match': match }) };
    const one = call({ route: of, caller: 'li' }, { event: event({ headers, body: '{}' }) });
    try {
      keyed.before?.(one);
      return one.context.idempotencyKey?.seen;
    } catch (error) {
      return (error as Refusal).fields[0];
    }
  };
  expect(['"7"', '12', ' "3" ', '*', undefined].map((one) => seenBy(one))).toEqual([7, 12, 3, undefined, undefined]);
  for (const none of ['W/"7"', '"x"', '7.5', '-1'])
    expect(seenBy(none)).toMatchObject({ field: 'header.If-Match', rule: 'field.version' });
  expect(seenBy('"7"', agents)).toBeUndefined();
});

test('keyed: whose key it is and what came under it, as digests; a command without one is refused', async () => {
  const keyedBy = async (caller: string, key: string | undefined, n: number) => {
    const sent = event({ headers: { 'idempotency-key': key }, body: JSON.stringify({ n }) });
    const one = call({ route: command, caller }, { event: sent });
    return (await refused(() => keyed.before?.(one))) ?? one.context;
  };
  const one = (await keyedBy('li', 'k1', 1)) as RequestFacts<object>;
  expect(one).toMatchObject({
    sent: { n: 1 },
    idempotencyKey: { scope: expect.stringMatching(/^li#POST \/sites\/\{site\}\/cases#/) },
  });
  expect(((await keyedBy('li', 'k1', 1)) as RequestFacts<object>).idempotencyKey).toEqual(one.idempotencyKey);
  const others = [await keyedBy('li', 'k1', 2), await keyedBy('li', 'k2', 1), await keyedBy('wang', 'k1', 1)];
  for (const other of others) expect((other as RequestFacts<object>).idempotencyKey).not.toEqual(one.idempotencyKey);
  expect(await keyedBy('li', undefined, 1)).toBe('request.key-missing');
});

test('validated: an input of checked parts, or every fault by its field', async () => {
  const step = validated([], { clock: () => 7 });
  const read = async (sent: unknown) => {
    const one = call({ route: command, person: LI, language: 'en', sent });
    return (
      (await Promise.resolve()
        .then(() => step.before?.(one))
        .catch((error: unknown) => error)) ?? one.context.input
    );
  };
  expect(await read({ n: 1, more: 2 })).toMatchObject({ params: { site: SITE }, body: { n: 1 }, person: LI, now: 7 });
  expect(await read({ n: 'x' })).toMatchObject({ code: 'request.invalid', fields: [{ field: 'body.n' }] });
});

test('answered: what the schema declares and no more; of personal data it is said whose', async () => {
  const step = answered({});
  const found = { person: LI, language: 'en' } as const;
  const one = call({ ...found, route: agents }, { response: { n: 1, secret: 'x' } });
  await step.after?.(one as never);
  expect(one.response).toMatchObject({ statusCode: 200, body: '{"n":1}' });
  await step.after?.(call({ ...found, route: { ...agents, personal: true } }, { response: { n: 1 } }) as never);
  expect(lines).toMatchObject([
    { code: 'HY-API-1', status: 200, staff: 'li' },
    { code: 'HY-PER-1', staff: 'li', site: SITE },
  ]);
  await expect(step.after?.(call({ ...found, route: agents }, { response: {} }) as never)).rejects.toThrow();
});

test('problemDetails: a refusal in the language of whoever asked, before it is known too; the unexpected without a word', () => {
  const no = (error: unknown, context: Partial<RequestFacts<object>> = {}) => {
    const one = call(context, { error });
    problemDetails.onError?.(one as never);
    return { ...body(one), sent: one.response };
  };
  expect(no(notFound('cmp_1'), { language: 'en', person: LI })).toMatchObject({
    status: 404,
    instance: 'urn:huiyin:request:req-1',
    sent: { headers: { 'content-language': 'en' } },
  });
  expect(no(new TypeError('Zhang San'))).toMatchObject({
    status: 500,
    sent: { headers: { 'content-language': 'zh-CN' } },
  });
  expect(no(new Refusal('forbidden', 'request.forbidden'))).toMatchObject({ status: 403 });
  expect(lines.map(({ code, staff: by }) => [code, by])).toEqual([
    ['HY-API-1', 'li'],
    ['HY-API-2', 'nobody'],
    ['HY-API-3', 'nobody'],
  ]);
  expect(JSON.stringify(lines)).not.toContain('Zhang');
});

test('tooLong: 503 with when to ask again, of a route that may answer pages', () => {
  expect(tooLong([agents], event())).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
  expect(tooLong([{ ...agents, refused: () => '<p>late</p>' }], event())).toMatchObject({ body: '<p>late</p>' });
});
