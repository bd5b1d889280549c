import type { Answer } from '../../local/client.ts';

const ID = /^(stf|pty|unt)_[0-9a-z-]{1,60}$/;

/** Ids of people, units and departments in an answer that nobody could read: neither in its `names` nor beside a name of their own. */
export const unnamedIn = ({ names = {}, ...answer }: Answer): string[] => {
  const named = new Set(
    Object.values(names as Record<string, Record<string, string>>).flatMap((kind) =>
      Object.entries(kind).flatMap(([id, name]) => (name.trim() === '' ? [] : [id])),
    ),
  );
  const departments = [...named].map((id) => id.split('/').at(-1));
  const walk = (value: unknown, path: string, around: Record<string, unknown>): string[] => {
    if (Array.isArray(value)) return value.flatMap((one) => walk(one, path, around));
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([field, one]) =>
        walk(one, `${path}.${field}`, value as Record<string, unknown>),
      );
    if (typeof value !== 'string') return [];
    const isDepartment = path.endsWith('.department');
    if (isDepartment ? departments.includes(value) : !ID.test(value) || named.has(value)) return [];
    return 'name' in around || 'place' in around ? [] : [`${path}: ${value}`];
  };
  return walk(answer, '', {});
};

/** Calls as before; an answer that names somebody or something by an id alone fails the test that asked. */
export const namingEverything =
  (by: typeof fetch): typeof fetch =>
  async (...asked) => {
    const answer = await by(...asked);
    if (answer.ok && answer.headers.get('content-type')?.startsWith('application/json')) {
      const body = await answer.clone().json();
      const unnamed = unnamedIn(body as Answer);
      if (unnamed.length > 0) throw new Error(`${asked[1]?.method} ${asked[0]}: without a name: ${unnamed.join(', ')}`);
    }
    return answer;
  };
