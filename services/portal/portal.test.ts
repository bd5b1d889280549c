import { describe, expect, it } from 'vitest';
import written from '../../docs/generated/openapi.json' with { type: 'json' };
import type { ApiEvent } from '../../shared/http/api-event.ts';
import { http } from '../../shared/lambda/http.ts';
import { LANGUAGES } from '../../shared/text/catalogue.ts';
import { type Deps, routes } from './api.ts';
import { curlOf } from './curl.ts';
import { operationsOf } from './document.ts';
import { page } from './page.ts';
import { exampleOf, fieldsOf, typeOf } from './schema.ts';

const document: Deps['document'] = {
  tags: [{ name: 'complaints' }],
  paths: {
    '/sites/{site}/complaints/{complaint}/judge': {
      post: {
        operationId: 'judge',
        summary: 'Judge it <valid> or not',
        tags: ['complaints'],
        'x-who': ['supervisor'],
        parameters: [
          { in: 'path', name: 'site', required: true, schema: { type: 'string', example: 'sit_lakeside' } },
          { in: 'path', name: 'complaint', required: true, schema: { type: 'string' } },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                oneOf: [
                  { type: 'object', properties: { valid: { const: true } }, required: ['valid'] },
                  {
                    type: 'object',
                    properties: { valid: { const: false }, why: { type: 'string', description: "It isn't `clear`" } },
                    required: ['valid', 'why'],
                  },
                ],
              },
            },
          },
        },
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Complaint' } } } },
        },
      },
    },
  },
  components: { schemas: { Complaint: { type: 'object', properties: { id: { type: 'string' } } } } },
};

const get = (routeKey: string, headers: Record<string, string> = {}, queryStringParameters = {}) => {
  const handle = http(routes, { document, access: { person: async () => undefined }, clock: () => 0 });
  return handle({ routeKey, headers, queryStringParameters, requestContext: {} } satisfies ApiEvent);
};

describe('the page about the API', () => {
  it('is open to everybody and loads, runs and sends nothing', async () => {
    const { statusCode, headers, body } = await get('GET /');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'/);
    expect(body).not.toMatch(/<script|<link|src=|https?:/);
  });

  it('speaks the language that is asked for, else that of the browser, else Chinese', async () => {
    expect((await get('GET /docs')).body).toContain('<html lang="zh-CN">');
    for (const { name } of written.tags) expect(page(written as never, 'zh-CN')).not.toContain(`>${name}</h2>`);
    expect((await get('GET /docs', { 'accept-language': 'en-GB,en;q=0.9' })).body).toContain('<html lang="en">');
    expect((await get('GET /docs', { 'accept-language': 'en' }, { lang: 'zh-CN' })).body).toContain('客服主管');
    expect((await get('GET /docs', {}, { lang: 'fr' })).statusCode).toBe(400);
  });

  it('says who may call, each shape of what they send, and links the shape they get', () => {
    const html = page(document, 'en');
    expect(html).toContain('<b>Who may call:</b> supervisor');
    expect(html).toContain('Sends one of these');
    expect(html).toContain('It isn&#39;t <code>clear</code>');
    expect(html).toContain('<a href="#Complaint">Complaint</a>');
  });

  it('lets no text of the document become markup', () => {
    expect(page(document, 'en')).toContain('Judge it &lt;valid&gt; or not');
  });
});

describe('the document', () => {
  it('is what was generated, and JSON', async () => {
    const { headers, body } = await get('GET /openapi.json');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toEqual(document);
  });
});

describe('the generated document', () => {
  const generated = written as unknown as Deps['document'];
  const calls = generated.tags.flatMap(({ name }) => operationsOf(generated, name));

  it('is shown whole: every call and every shape once, with no link that leads nowhere', () => {
    for (const language of LANGUAGES) {
      const html = page(generated, language);
      const anchors = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(anchors).size).toBe(anchors.length);
      expect(anchors).toEqual(expect.arrayContaining(calls.map(({ operationId }) => operationId)));
      expect(anchors).toEqual(expect.arrayContaining([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)));
    }
  });

  it('has an example for every call that leaves no parameter open', () => {
    for (const call of calls) expect(curlOf(call)).not.toMatch(/[{]\w+[}]\/|undefined/);
  });
});

describe('an example call', () => {
  const [judge] = operationsOf(document, 'complaints');

  it('carries the token, a key, and a body that fits', () => {
    expect(curlOf(judge!)).toBe(
      [
        'curl -X POST "$HUIYIN/sites/sit_lakeside/complaints/$COMPLAINT/judge"',
        '-H "Authorization: Bearer $TOKEN"',
        '-H "Idempotency-Key: $(date +%s%N)"',
        `-H 'Content-Type: application/json' -d '{"valid":true}'`,
      ].join(' \\\n  '),
    );
  });
});

describe('a schema in words', () => {
  it('names types as people do', () => {
    expect(typeOf({ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] })).toBe('date-time | null');
    expect(typeOf({ type: ['string', 'null'] })).toBe('string | null');
    expect(typeOf({ type: 'array', items: { enum: ['a', 'b'] } })).toBe('(a | b)[]');
    expect(typeOf({ type: 'array', items: { $ref: '#/components/schemas/Owed' } })).toBe('Owed[]');
    expect(typeOf({ type: 'object', additionalProperties: { type: 'string' } })).toBe('map of string');
  });

  it('lists the fields of objects within objects', () => {
    const inner = { type: 'object', properties: { staff: { type: 'string' } }, required: ['staff'] };
    const names = fieldsOf({ properties: { about: inner, many: { type: 'array', items: inner } }, required: ['many'] });
    expect(names.map(({ name, required }) => [name, required])).toEqual([
      ['about', false],
      ['about.staff', true],
      ['many', true],
      ['many[].staff', true],
    ]);
  });

  it('gives the least that fits as an example', () => {
    expect(
      exampleOf({
        type: 'object',
        properties: { n: { type: 'integer', minimum: 3 }, of: { type: 'array', items: { enum: ['x'] } }, no: {} },
        required: ['n', 'of'],
      }),
    ).toEqual({ n: 3, of: ['x'] });
  });
});
