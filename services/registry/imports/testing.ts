import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Said } from '../../../shared/testing/api-caller.ts';
import { ADMIN, world } from '../testing.ts';

export const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));

export type World = ReturnType<typeof world>;
interface Options {
  dryRun?: boolean;
  skipBad?: boolean;
  sure?: boolean;
  language?: 'zh-CN' | 'en';
}
/** Sends a spreadsheet as the administrator, for the group or for lakeside. */
export const send = (
  w: World,
  kind: string,
  file: string | Buffer,
  { dryRun = false, language, ...rest }: Options = {},
  key?: string,
) => {
  const content = Buffer.from(file).toString('base64');
  const path = kind === 'sites' || kind === 'staff' ? '/imports' : '/sites/lakeside/imports';
  return w.call(ADMIN, `POST ${path}`, { kind, content, dryRun, ...rest }, key, language);
};
/** Line, field and rule of every bad row. */
export const faults = ({ body }: Said) =>
  body.bad.map(({ line, field, rule }: { line: number; field: string; rule: string }) => [line, field, rule]);
export const atLakeside = async (units?: string) => {
  const w = world();
  await w.lakeside();
  if (units !== undefined) await send(w, 'units', units);
  return w;
};
export const unitsOf = async (w: World) => (await w.admin('GET /sites/lakeside/units?limit=100')).items;

/** The same as people read it: where, and what is wrong. */
export const told = ({ body }: Said) =>
  body.bad.map((one: Record<string, string | number>) => [one.line, one.column, one.value, one.message]);

/** The header of a sheet of units. */
export const UNITS = '楼栋,房号,类型,建筑面积(m²),状态\n';

/** Lakeside with two flats. */
export const withFlats = async () => {
  const w = world();
  await w.lakeside();
  await send(w, 'units', `${UNITS}1号楼,101,,80,\n1号楼,102,,90,\n`);
  return w;
};
