/** CloudFormation's intrinsic functions, over one stack. */

/** What the functions look things up in. Every lookup throws when there is no such thing. */
export interface Scope {
  /** A parameter's, pseudo parameter's or resource's `Ref`; `undefined` is AWS::NoValue. */
  ref(name: string): unknown;
  att(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  imported(name: string): unknown;
  mapping(map: string, first: string, second: string): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const CALLS: Record<string, Intrinsic> = {
  Ref: (name, scope) => scope.ref(text(name, 'Ref')),
  Condition: (name, scope) => scope.condition(text(name, 'Condition')),
  'Fn::GetAtt': (argument, scope) => {
    const [id, ...rest] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
    return scope.att(text(id, 'Fn::GetAtt'), rest.map((part) => text(evaluate(part, scope), 'Fn::GetAtt')).join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = argument as [string, unknown];
    const list = evaluate(parts, scope);
    if (!Array.isArray(list)) throw new Error('Fn::Join over something that is no list');
    return list.map((part) => text(part, 'Fn::Join')).join(separator);
  },
  'Fn::Sub': (argument, scope) => {
    const [template, given] = (Array.isArray(argument) ? argument : [argument, {}]) as [
      string,
      Record<string, unknown>,
    ];
    return template.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(given, name)) return text(evaluate(given[name], scope), 'Fn::Sub');
      const dot = name.indexOf('.');
      return text(dot < 0 ? scope.ref(name) : scope.att(name.slice(0, dot), name.slice(dot + 1)), 'Fn::Sub');
    });
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = evaluate(argument, scope) as [number | string, unknown[]];
    const chosen = list[Number(index)];
    if (chosen === undefined) throw new Error(`Fn::Select: nothing at ${index}`);
    return chosen;
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = evaluate(argument, scope) as [string, unknown];
    return text(whole, 'Fn::Split').split(separator);
  },
  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = argument as [string, unknown, unknown];
    return evaluate(scope.condition(condition) ? then : otherwise, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = evaluate(argument, scope) as [unknown, unknown];
    return String(left) === String(right);
  },
  'Fn::And': (argument, scope) => (evaluate(argument, scope) as boolean[]).every(Boolean),
  'Fn::Or': (argument, scope) => (evaluate(argument, scope) as boolean[]).some(Boolean),
  'Fn::Not': (argument, scope) => !(evaluate(argument, scope) as boolean[])[0],
  'Fn::ImportValue': (argument, scope) => scope.imported(text(evaluate(argument, scope), 'Fn::ImportValue')),
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = evaluate(argument, scope) as [string, string, string];
    return scope.mapping(map, first, second);
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text(evaluate(argument, scope), 'Fn::Base64')).toString('base64'),
};

/**
 * The value with every function in it evaluated; parts that are AWS::NoValue are left out.
 * @throws Error on an unknown `Fn::…` or a reference to something that isn't there
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [name, argument] = only;
    // An IAM statement may hold `Condition` alone only as an object; the function's argument is a name.
    const call = name === 'Condition' && typeof argument !== 'string' ? undefined : CALLS[name];
    if (call) return call(argument, scope);
    if (name.startsWith('Fn::')) throw new Error(`${name} is not known here`);
  }
  const result: Record<string, unknown> = {};
  for (const [name, nested] of entries) {
    const evaluated = evaluate(nested, scope);
    if (evaluated !== undefined) result[name] = evaluated;
  }
  return result;
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where}: ${JSON.stringify(value)} is no text`);
}
