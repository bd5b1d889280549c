import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import written from '../docs/generated/openapi.json' with { type: 'json' };

const OUT = join(import.meta.dirname, '..', 'cdk.out');
interface Limits {
  ThrottlingRateLimit: { Ref: string };
  ThrottlingBurstLimit: { Ref: string };
}
type Parameters = Record<string, { Default: number }>;
interface Stage {
  Type: string;
  Properties: { DefaultRouteSettings: Limits; RouteSettings: Record<string, Limits> };
}
const stages = () =>
  globSync('*.template.json', { cwd: OUT }).flatMap((file) => {
    const template = JSON.parse(readFileSync(join(OUT, file), 'utf8'));
    const { Resources, Parameters = {} } = template as { Resources: Record<string, Stage>; Parameters?: Parameters };
    return Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Stage')
      .map(({ Properties }) => ({ ...Properties, Parameters }));
  });

it('gives every route without a sign-in a throttle of its own, narrower than that of staff, and staff none of it', () => {
  const everybody = Object.entries(written.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { 'x-who': unknown }>)
      .filter(([, operation]) => operation['x-who'] === 'everybody')
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  expect(everybody).toContain('GET /n/{token}');
  const [stage, another] = stages();
  if (!stage || another) throw new Error('an API has one stage');
  const { DefaultRouteSettings: staff, RouteSettings: open = {}, Parameters } = stage;
  expect(Object.keys(open).sort()).toEqual(everybody.sort());
  const standard = ({ Ref }: { Ref: string }) => Parameters[Ref]?.Default ?? Number.NaN;
  for (const [route, limits] of Object.entries(open)) {
    expect(standard(limits.ThrottlingRateLimit), route).toBeLessThan(standard(staff.ThrottlingRateLimit));
    expect(standard(limits.ThrottlingBurstLimit), route).toBeLessThan(standard(staff.ThrottlingBurstLimit));
  }
});
