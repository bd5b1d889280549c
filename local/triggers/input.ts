import type { Target } from '../model.ts';

/** What a target gets of an event: its own constant, a part, a template filled in, or the whole. */
export function shapeInput(target: Target, event: Record<string, unknown>, ruleArn: string): unknown {
  if (target.input !== undefined) return JSON.parse(target.input);
  if (target.inputPath !== undefined) return readPath(event, target.inputPath);
  if (target.inputTransformer) return transform(target.inputTransformer, event, ruleArn);
  return event;
}

/** The JSONPath subset EventBridge allows: `$.detail.items[0].id`. Throws on anything else. */
export function readPath(event: unknown, path: string): unknown {
  if (!/^\$(\.[\w-]+|\[\d+\])*$/.test(path)) throw new Error(`Unsupported event path ${path}`);
  const steps = path.match(/[\w-]+/g) ?? [];
  let value = event;
  for (const step of steps) value = (value as Record<string, unknown> | null | undefined)?.[step];
  return value;
}

/** Within quotes a value is inserted as text, outside as JSON; a variable without a value is an empty string. */
function transform(
  transformer: { paths: Record<string, string>; template: string },
  event: Record<string, unknown>,
  ruleArn: string,
): unknown {
  const predefined: Record<string, unknown> = {
    'aws.events.event': event,
    'aws.events.event.json': event,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.rule-arn': ruleArn,
    'aws.events.rule-name': ruleArn.split('/').at(-1),
  };
  const value = (name: string): unknown => {
    if (name in predefined) return predefined[name];
    const path = transformer.paths[name];
    if (path === undefined) throw new Error(`The input template names <${name}>, which is not in its paths`);
    return readPath(event, path);
  };
  let quoted = false;
  const filled = transformer.template.replace(/\\.|"|<([\w.-]+)>/g, (token, name: string | undefined) => {
    if (token === '"') quoted = !quoted;
    if (name === undefined) return token;
    const inserted = value(name);
    if (!quoted) return JSON.stringify(inserted ?? '');
    const text = typeof inserted === 'string' ? inserted : inserted === undefined ? '' : JSON.stringify(inserted);
    return JSON.stringify(text).slice(1, -1);
  });
  return JSON.parse(filled);
}
