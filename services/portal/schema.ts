/** The parts of JSON Schema that our schemas come out as. */
export interface Schema {
  $ref?: string;
  /** One type, or several: `['string', 'null']`. */
  type?: string | string[];
  format?: string;
  description?: string;
  example?: unknown;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
}

/** One line of a table of fields. */
export interface Field {
  /** With dots where objects stand in objects: `about.staff`. */
  name: string;
  type: string;
  required: boolean;
  about: string;
}

const typesOf = ({ type }: Schema): string[] => [type ?? []].flat();
const isA = (schema: Schema, type: string): boolean => typesOf(schema).includes(type);
const choices = ({ oneOf, anyOf }: Schema): Schema[] | undefined => oneOf ?? anyOf;

/** A type as a reader of the docs would say it: `string`, `Owed[]`, `yes | no`. */
export const typeOf = (schema: Schema): string => {
  const { $ref, enum: values, const: constant, format, items, additionalProperties: rest } = schema;
  if ($ref) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (values) return values.map(String).join(' | ');
  if (constant !== undefined) return String(constant);
  const each = choices(schema);
  if (each) return each.map(typeOf).join(' | ');
  if (isA(schema, 'array')) return items?.anyOf || items?.enum ? `(${typeOf(items)})[]` : `${typeOf(items ?? {})}[]`;
  if (isA(schema, 'object') && typeof rest === 'object') return `map of ${typeOf(rest)}`;
  const types = typesOf(schema).map((type) => (type === 'string' ? (format ?? type) : type));
  return types.join(' | ') || 'anything';
};

/** The fields of an object, objects within it with dots, lists of objects as `name[]`. */
export const fieldsOf = ({ properties = {}, required = [] }: Schema, prefix = ''): Field[] =>
  Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    const field = { name, type: typeOf(schema), required: required.includes(key), about: schema.description ?? '' };
    const list = isA(schema, 'array');
    const inner = list ? schema.items : schema;
    return [field, ...(inner?.properties ? fieldsOf(inner, `${name}${list ? '[]' : ''}.`) : [])];
  });

/** The shapes something may have: one, or each of a union of objects. */
export const variantsOf = (schema: Schema): Schema[] => {
  const each = choices(schema);
  return each?.every(({ properties }) => properties) ? each : [schema];
};

/** Something that fits: what the schema gives as an example, else the least; optional fields are left out. */
export const exampleOf = (schema: Schema): unknown => {
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = choices(schema) ?? [];
  if (first) return exampleOf(first);
  if (isA(schema, 'array')) return schema.items ? [exampleOf(schema.items)] : [];
  if (isA(schema, 'boolean')) return true;
  if (isA(schema, 'integer') || isA(schema, 'number')) return Math.max(1, schema.minimum ?? 1);
  if (!isA(schema, 'object')) return '…';
  const { properties = {}, required = [] } = schema;
  return Object.fromEntries(required.map((key) => [key, exampleOf(properties[key] ?? {})]));
};
