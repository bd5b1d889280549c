import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { ApiEvent } from './api-event.ts';
import { asDeclared, deployedPath } from './deployed.ts';
import type { RouteDef } from './route.ts';

const declared = (key: string, who: RouteDef['who'] = 'staff'): RouteDef => {
  const [method, path] = key.split(' ') as [RouteDef['method'], string];
  return { method, path, who, summary: '', answer: z.null(), status: 200 };
};
const READ = declared('GET /sites/{site}/slips/{slip}');

describe('a declared route is deployed', () => {
  const deployed = (key: string, who?: RouteDef['who'], together = [READ]) =>
    deployedPath(declared(key, who), together);

  test("as one of a case's commands, in one step or in two, where the case itself is read", () => {
    expect(deployed('POST /sites/{site}/slips/{slip}/price')).toBe('/sites/{site}/slips/{slip}/{command}');
    expect(deployed('POST /sites/{site}/slips/{slip}/price/decide')).toBe(
      '/sites/{site}/slips/{slip}/{command}/{step}',
    );
    const elsewhere = '/sites/{site}/slips/{slip}/price';
    expect(deployed(`POST ${elsewhere}`, 'staff', [declared('GET /sites/{site}/units/{unit}')])).toBe(elsewhere);
  });

  test('as it is declared otherwise: reads, creations, what a site has, and what needs no sign-in', () => {
    for (const key of [
      'GET /sites/{site}/slips/{slip}/history',
      'POST /sites/{site}/slips',
      'POST /sites/{site}/slips/{slip}',
      'PUT /sites/{site}/slips/{slip}/price',
      'POST /sites/{site}/letters/handed-over',
      'POST /sites/{site}/slips/{slip}/price/decide/again',
    ]) {
      const together = [READ, declared('GET /sites/{site}')];
      expect(deployed(key, 'staff', together), key).toBe(key.split(' ')[1]);
    }
    expect(deployed('POST /sites/{site}/slips/{slip}/question', 'everybody')).toBe(
      '/sites/{site}/slips/{slip}/question',
    );
  });
});

describe('a request is for the declared route', () => {
  const event = (routeKey: string, pathParameters: Record<string, string>) =>
    ({ routeKey, pathParameters, headers: {}, requestContext: { requestId: 'r' } }) as ApiEvent;
  const ENTRY = 'POST /slips/{slip}/{command}';

  test('whose command it names, and its parameters are those that the route declares', () => {
    expect(asDeclared(event(ENTRY, { slip: 's', command: 'price' }))).toMatchObject({
      routeKey: 'POST /slips/{slip}/price',
      pathParameters: { slip: 's' },
    });
    const two = event(`${ENTRY}/{step}`, { slip: 's', command: 'price', step: 'decide' });
    expect(asDeclared(two).routeKey).toBe('POST /slips/{slip}/price/decide');
    expect(asDeclared(two).pathParameters).toEqual({ slip: 's' });
  });

  test('and no other, whatever stands where the command should: it stays as it came, which is no route', () => {
    for (const command of ['', 'price/decide', '{slip}', 'Price', '$&', '..', 'price%2Fdecide']) {
      expect(asDeclared(event(ENTRY, { slip: 's', command })).routeKey, command).toBe(ENTRY);
      const two = event(`${ENTRY}/{step}`, { slip: 's', command: 'price', step: command });
      expect(asDeclared(two).routeKey, command).toBe(`${ENTRY}/{step}`);
    }
  });

  test('as it came where the entry is of one route', () => {
    const plain = event('GET /slips/{slip}', { slip: 's' });
    expect(asDeclared(plain)).toBe(plain);
  });
});
