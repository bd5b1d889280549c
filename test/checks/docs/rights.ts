import type { Service } from '../services.ts';

/** Calls about no case in particular: what of a case somebody may, its sheet says (`actions`). */
const isGeneral = (path: string): boolean => [...path.matchAll(/\{(\w+)\}/g)].every(([, name]) => name === 'site');

/** Who may make which call, for `GET /me` to say it: the registry's function knows no other service's routes. */
export const rightsJson = (services: readonly Service[]) =>
  services
    .flatMap(({ routes }) => routes)
    .filter(({ who, path }) => who !== 'everybody' && isGeneral(path))
    .map(({ method, path, who, positions }) => ({
      call: `${method} ${path}`,
      who,
      ...(positions ? { positions: Object.keys(positions) } : {}),
    }))
    .sort((a, b) => (a.call < b.call ? -1 : 1));
