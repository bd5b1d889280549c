import { sourceOf } from './where.ts';

const frames = process.argv.slice(2).flatMap((text) => text.split(/\s+/));
if (frames.length === 0) {
  console.error('usage: npm run where -- BUILD:LINE:COL …   frames as HY-FUN-1 and HY-API-2 say them in `at`');
  process.exit(2);
}
try {
  for (const frame of frames) console.log(`${frame}  ${sourceOf(frame)}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
