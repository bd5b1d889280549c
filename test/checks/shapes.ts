/** Collects the shapes of what tests and journeys send to tables in memory, to those known before (whoever wants fewer empties the file first). */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readShapes, SHAPES } from '../../shared/memory-tables/shapes.ts';

const before = readShapes().length;
const both = [
  'vitest',
  'run',
  '--project=unit',
  '--project=journeys',
  '--exclude',
  'test/checks/memory-tables/**',
  '--silent=passed-only',
];
const { status } = spawnSync('npx', both, { stdio: 'inherit', env: { ...process.env, SHAPES: 'collect', CLOUD: '' } });
const shapes = [...new Set(readShapes())].sort();
writeFileSync(SHAPES, `${shapes.join('\n')}\n`);
console.log(
  `${shapes.length} shapes, ${shapes.length - before} of them new; test/checks/memory-tables compares each with the real engine.`,
);
process.exitCode = status ?? 1;
