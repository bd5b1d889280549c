import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMessageKey } from '../../shared/text/catalogue.ts';
import { ROOT } from './services.ts';

/** What may grow in the head of each kind of aggregate, as its type declares it. */
const declared = (): string[] =>
  globSync('services/**/*.ts', { cwd: ROOT })
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .flatMap((source) => [...source.matchAll(/^ {2}most: \{([^}]*)\}/gm)].map(([, most = '']) => most))
    .flatMap((most) => [...most.replaceAll(/\/\/.*$/gm, '').matchAll(/(\w+): [\w]+/g)].map(([, name = '']) => name));

test('what there may be no more of is said in words', () => {
  expect(declared()).toContain('asked');
  expect(declared().filter((name) => !isMessageKey(`what.${name}`))).toEqual([]);
});
