import { bodyOf, type DocumentedCall } from './document.ts';
import { exampleOf, variantsOf } from './schema.ts';

/** In single quotes for a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** An id without an example stands as a shell variable: `$COMPLAINT`. */
const pathOf = ({ path, parameters = [] }: DocumentedCall): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((parameter) => parameter.name === name)?.schema.example;
    return typeof example === 'string' ? example : `$${name.toUpperCase()}`;
  });

/** A command line that makes the call. */
export const curlOf = (call: DocumentedCall): string => {
  const body = bodyOf(call);
  const [variant] = body ? variantsOf(body) : [];
  const open = call['x-who'] === 'everybody';
  const parts = [
    `curl ${call.method === 'GET' ? '' : `-X ${call.method} `}"$HUIYIN${pathOf(call)}"`,
    ...(open ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(call.method === 'GET' ? [] : ['-H "Idempotency-Key: $(date +%s%N)"']),
    ...(variant ? [`-H 'Content-Type: application/json' -d ${quoted(JSON.stringify(exampleOf(variant)))}`] : []),
  ];
  return parts.join(' \\\n  ');
};
