/**
 * EventBridge patterns (also the filters of event source mappings). Compiled once at boot, where an operator this
 * matcher doesn't know throws: better no start than an event silently dropped.
 */
export type Matcher = (event: unknown) => boolean;

type Json = Record<string, unknown>;
type Test = (value: unknown) => boolean;

export function compilePattern(pattern: unknown): Matcher {
  const object: unknown = typeof pattern === 'string' ? JSON.parse(pattern) : pattern;
  if (!isObject(object)) throw new Error(`An event pattern must be an object: ${JSON.stringify(pattern)}`);
  return compileObject(object);
}

function compileObject(pattern: Json): Matcher {
  const parts = Object.entries(pattern).map(([key, part]) => compileField(key, part));
  return (event) => parts.every((matches) => matches(event));
}

function compileField(key: string, part: unknown): Matcher {
  if (key === '$or') {
    if (!Array.isArray(part)) throw new Error('$or needs a list of patterns');
    const either = part.map(compilePattern);
    return (event) => either.some((matches) => matches(event));
  }
  if (Array.isArray(part)) {
    const tests = part.map(compileTest);
    return (event) => {
      const value = isObject(event) ? event[key] : undefined;
      const values = Array.isArray(value) && value.length > 0 ? value : [value];
      return values.some((one) => tests.some((test) => test(one)));
    };
  }
  if (!isObject(part)) throw new Error(`Pattern values are lists or objects: ${key}: ${JSON.stringify(part)}`);
  const inner = compileObject(part);
  return (event) => {
    const value = isObject(event) ? event[key] : undefined;
    return Array.isArray(value) ? value.some(inner) : inner(value);
  };
}

function compileTest(test: unknown): Test {
  if (!isObject(test)) return (value) => value === test;
  const entries = Object.entries(test);
  const [operator, operand] = entries[0] ?? ['', undefined];
  if (entries.length !== 1) throw new Error(`One operator per test: ${JSON.stringify(test)}`);
  switch (operator) {
    case 'exists':
      return (value) => (value !== undefined) === operand;
    case 'prefix':
    case 'suffix':
      return compileAffix(operator, operand);
    case 'equals-ignore-case':
      return (value) => typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase();
    case 'wildcard':
      return compileWildcard(operand);
    case 'numeric':
      return compileNumeric(operand);
    case 'anything-but':
      return compileAnythingBut(operand);
    default:
      throw new Error(`The local cloud does not know the pattern operator ${JSON.stringify(operator)}`);
  }
}

function compileAffix(operator: 'prefix' | 'suffix', operand: unknown): Test {
  const fold = isObject(operand) && typeof operand['equals-ignore-case'] === 'string';
  const affix = fold ? String(operand['equals-ignore-case']).toLowerCase() : operand;
  if (typeof affix !== 'string') throw new Error(`${operator} needs a string: ${JSON.stringify(operand)}`);
  return (value) => {
    if (typeof value !== 'string') return false;
    const text = fold ? value.toLowerCase() : value;
    return operator === 'prefix' ? text.startsWith(affix) : text.endsWith(affix);
  };
}

function compileWildcard(operand: unknown): Test {
  if (typeof operand !== 'string') throw new Error(`wildcard needs a string: ${JSON.stringify(operand)}`);
  const source = operand.split('*').map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${source.join('.*')}$`, 's');
  return (value) => typeof value === 'string' && expression.test(value);
}

function compileNumeric(operand: unknown): Test {
  const list = Array.isArray(operand) ? operand : [];
  const tests: ((value: number) => boolean)[] = [];
  for (let i = 0; i < list.length; i += 2) {
    const [operator, bound] = [list[i], list[i + 1]];
    if (typeof bound !== 'number') throw new Error(`numeric needs numbers: ${JSON.stringify(operand)}`);
    if (operator === '=') tests.push((value) => value === bound);
    else if (operator === '<') tests.push((value) => value < bound);
    else if (operator === '<=') tests.push((value) => value <= bound);
    else if (operator === '>') tests.push((value) => value > bound);
    else if (operator === '>=') tests.push((value) => value >= bound);
    else throw new Error(`Unknown numeric comparison ${JSON.stringify(operator)}`);
  }
  if (tests.length === 0) throw new Error(`numeric needs comparisons: ${JSON.stringify(operand)}`);
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

/** True for a value that is there and is none of the operand's. */
function compileAnythingBut(operand: unknown): Test {
  const excluded = (Array.isArray(operand) ? operand : [operand]).map(compileTest);
  return (value) => value !== undefined && !excluded.some((test) => test(value));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
