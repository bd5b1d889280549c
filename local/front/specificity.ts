import type { RouteModel } from '../model.ts';

/** API Gateway prefers the full match, then the longer literal beginning, and a named method over ANY. */
export function bySpecificity(a: Pick<RouteModel, 'key'>, b: Pick<RouteModel, 'key'>): number {
  return rank(a).localeCompare(rank(b));
}

function rank({ key }: Pick<RouteModel, 'key'>): string {
  if (key === '$default') return '~';
  const [method, path] = key.split(' ') as [string, string];
  const segments = path
    .split('/')
    .map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0'));
  return `${segments.join('')}${method === 'ANY' ? '1' : '0'}`;
}
