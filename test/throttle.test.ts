import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import written from '../docs/generated/openapi.json' with { type: 'json' };

const OUT = join(import.meta.dirname, '..', 'cdk.out');
interface Limits {
  ThrottlingRateLimit: number;
  ThrottlingBurstLimit: number;
}
interface Stage {
  Type: string;
  Properties: { DefaultRouteSettings: Limits; RouteSettings: Record<string, Limits> };
}
const stages = () =>
  globSync('*.template.json', { cwd: OUT })
    .flatMap((file) => {
      const { Resources } = JSON.parse(readFileSync(join(OUT, file), 'utf8')) as { Resources: Record<string, Stage> };
      return Object.values(Resources);
    })
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Stage');

it('gives every route without a sign-in a throttle of its own, narrower than that of staff, and staff none of it', () => {
  const everybody = Object.entries(written.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { 'x-who': unknown }>)
      .filter(([, operation]) => operation['x-who'] === 'everybody')
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  expect(everybody).toContain('GET /n/{token}');
  const all = stages().map(({ Properties }) => Properties);
  expect(all).toHaveLength(1);
  const [{ DefaultRouteSettings: staff, RouteSettings: open = {} }] = all as [Stage['Properties']];
  expect(Object.keys(open).sort()).toEqual(everybody.sort());
  for (const [route, limits] of Object.entries(open)) {
    expect(limits.ThrottlingRateLimit, route).toBeLessThan(staff.ThrottlingRateLimit);
    expect(limits.ThrottlingBurstLimit, route).toBeLessThan(staff.ThrottlingBurstLimit);
  }
});
