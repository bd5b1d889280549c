/**
 * What of the Amazon States Language the local engine would silently ignore or do otherwise. It speaks JSONPath only;
 * a field that isn't listed for its kind of state is refused, so nothing new slips through.
 */
type Fields = Record<string, unknown>;

const COMMON = ['Type', 'Comment', 'Next', 'End', 'InputPath', 'OutputPath', 'QueryLanguage'];
const RETRYING = ['Retry', 'Catch', 'ResultPath', 'ResultSelector', 'Parameters'];
const STATES: Record<string, string[]> = {
  Task: [...RETRYING, 'Resource', 'TimeoutSeconds'],
  Map: [...RETRYING, 'ItemsPath', 'ItemSelector', 'ItemProcessor', 'Iterator', 'MaxConcurrency'],
  Parallel: [...RETRYING, 'Branches'],
  Wait: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Choice: ['Choices', 'Default'],
  Pass: ['Result', 'ResultPath', 'Parameters'],
  Succeed: [],
  Fail: ['Error', 'Cause', 'ErrorPath', 'CausePath'],
};

/** Task resources served here: a function's ARN, and the optimized integration that invokes one. */
const INVOKE = /^arn:aws:(lambda:[^:]+:[^:]+:function:[\w-]+|states:::lambda:invoke)$/;
const CONTEXT = /"\$\$\.State\b/;

/** Everything in a definition the engine can't do, one line each. */
export function unsupportedStates(definition: Fields, at = ''): string[] {
  const problems: string[] = [];
  if ((definition.QueryLanguage ?? 'JSONPath') !== 'JSONPath') problems.push(`${at}QueryLanguage: only JSONPath`);
  for (const [name, state] of Object.entries((definition.States ?? {}) as Record<string, Fields>)) {
    const where = `${at}${name}`;
    const allowed = STATES[String(state.Type)];
    if (!allowed) {
      problems.push(`${where}: state type ${String(state.Type)}`);
      continue;
    }
    for (const field of Object.keys(state)) {
      if (!COMMON.includes(field) && !allowed.includes(field)) problems.push(`${where}: ${field}`);
    }
    if ((state.QueryLanguage ?? 'JSONPath') !== 'JSONPath') problems.push(`${where}: only JSONPath`);
    if (state.Type === 'Task' && !INVOKE.test(String(state.Resource))) {
      problems.push(`${where}: Resource ${String(state.Resource)} (only Lambda functions)`);
    }
    const inner = (state.ItemProcessor ?? state.Iterator) as Fields | undefined;
    const mode = (inner?.ProcessorConfig as Fields | undefined)?.Mode ?? 'INLINE';
    if (mode !== 'INLINE') problems.push(`${where}: Map in mode ${String(mode)}`);
    if (inner) problems.push(...unsupportedStates(inner, `${where} > `));
    for (const branch of (state.Branches ?? []) as Fields[]) problems.push(...unsupportedStates(branch, `${where} > `));
    for (const retry of (state.Retry ?? []) as Fields[]) {
      if ('JitterStrategy' in retry && retry.JitterStrategy !== 'NONE') problems.push(`${where}: Retry.JitterStrategy`);
    }
  }
  if (at === '' && CONTEXT.test(JSON.stringify(definition))) problems.push('$$.State of the context object');
  return problems;
}
