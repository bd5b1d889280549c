import { parseArgs } from 'node:util';
import { scalePage } from './print.ts';
import { simulated } from './scale.ts';

const USAGE = 'usage: npm run scale [-- --json]';

const read = () => {
  try {
    return parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
};

const { json } = read();
const { measured, ...scale } = simulated();
console.log(json ? JSON.stringify(scale, null, 1) : scalePage({ measured, ...scale }));
