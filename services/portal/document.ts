import type { Who } from '../../shared/http/route.ts';
import type { Schema } from './schema.ts';

/** The parts of the OpenAPI document that the page is made of. */
export interface ApiDocument {
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

export interface Parameter {
  in: string;
  name: string;
  schema: Schema;
  required?: boolean;
  description?: string;
}

type Content = Record<string, { schema: Schema }>;

export interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  'x-who': Who;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

/** A call, as the page lists it. */
export interface DocumentedCall extends Operation {
  method: string;
  path: string;
}

/** The calls of a service, in the order it declares them. */
export const operationsOf = ({ paths }: ApiDocument, service: string): DocumentedCall[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { tags }]) => tags.includes(service))
      .map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );

export const bodyOf = ({ requestBody }: Operation): Schema | undefined =>
  requestBody?.content['application/json']?.schema;

/** What a call answers when all is well: its media type and shape. */
export const answerOf = ({ responses }: Operation): { type: string; schema: Schema } => {
  const ok = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  const [type, { schema }] = Object.entries(ok?.content ?? {})[0] ?? ['', { schema: {} }];
  return { type, schema };
};
