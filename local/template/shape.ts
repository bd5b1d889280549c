/**
 * The closed list: which properties of a resource type the local cloud knows. A leaf is USED (it acts here), a string
 * (known and without effect here, and why), or the list of values this cloud can do. Lists are looked through.
 */
export const USED = Symbol('used');

export type Shape = typeof USED | `no effect: ${string}` | readonly (string | number | boolean)[] | ShapeMap;

export interface ShapeMap {
  [property: string]: Shape;
}

/** The reasons that recur. */
export const LABELS = 'no effect: labels';
export const ENCRYPTION = 'no effect: encryption';
export const OBSERVED = 'no effect: observability';

/** Every way `value` leaves the shape, as `Property.Nested: why`. */
export function violations(shape: Shape, value: unknown, path = ''): string[] {
  if (shape === USED || typeof shape === 'string' || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => violations(shape, item, path));
  if (isChoice(shape)) {
    const same = shape.some((choice) => String(choice) === String(value));
    return same ? [] : [`${path}: ${JSON.stringify(value)} (known here: ${shape.join(', ')})`];
  }
  if (typeof value !== 'object' || value === null) return [`${path}: ${JSON.stringify(value)} where an object belongs`];
  return Object.entries(value).flatMap(([name, nested]) => {
    const at = path ? `${path}.${name}` : name;
    const inner = Object.hasOwn(shape, name) ? shape[name] : undefined;
    return inner === undefined ? [`${at}: unknown property`] : violations(inner, nested, at);
  });
}

function isChoice(shape: Shape): shape is readonly (string | number | boolean)[] {
  return Array.isArray(shape);
}
