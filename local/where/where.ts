import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { mapOf } from '../../infra/constructs/bundle.ts';

const FRAME = /^([0-9a-f]{10,}):(\d+):(\d+)$/;

/**
 * Which source a frame of the log is: `3f2a9c81d0:1:20456` → `services/…/decide.ts:41:17`. A frame that is of no build (one of
 * Node's own) stays as it is.
 * @throws Error when the build's map isn't here
 */
export const sourceOf = (frame: string): string => {
  const [, build, line, column] = FRAME.exec(frame) ?? [];
  if (build === undefined) return frame;
  const file = mapOf(build);
  if (!existsSync(file))
    throw new Error(
      `no map of build ${build} in cdk.out: check out the commit that was deployed and run npm run synth, which gives the same build`,
    );
  const found = new SourceMap(JSON.parse(readFileSync(file, 'utf8'))).findOrigin(Number(line), Number(column));
  if (!('fileName' in found)) return frame;
  return `${found.fileName.replace(/^(\.\.\/)+/, '')}:${found.lineNumber}:${found.columnNumber}`;
};
