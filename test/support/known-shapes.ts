import { appendFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import { noteShapes, SHAPES, unknownShapes } from '../../shared/memory-tables/shapes.ts';

noteShapes();

// What tables in memory are asked has a case that compares them with the real engine, or the file that asks it fails.
afterAll(() => {
  const lines = [...unknownShapes];
  unknownShapes.clear();
  if (lines.length === 0) return;
  if (process.env.SHAPES === 'collect') appendFileSync(SHAPES, `${lines.join('\n')}\n`);
  else {
    throw new Error(
      `Tables in memory were sent what nothing compares with the real engine: run \`npm run shapes\`, which collects it, ` +
        `and commit shared/memory-tables/fixtures/shapes.txt.\n${lines.join('\n')}`,
    );
  }
});
