import { type Merge, NOTHING, type ReadCell, type SheetRow } from './cells.ts';

/**
 * Every row with what a merge above says of it: for what is said of several rows (a building), never for what would count twice. Each row looked at once however many merges there are.
 */
export const carriedDown = (rows: readonly SheetRow[], merges: readonly Merge[]): SheetRow[] => {
  const starting = Map.groupBy(merges, ({ from }) => from);
  const going = new Map<number, { to: number; cell: ReadCell }>();
  return rows.map(({ line, cells }) => {
    const filled = [...cells];
    for (const [column, { to, cell }] of going) {
      if (line > to) going.delete(column);
      else if ((filled[column] ?? NOTHING).text === '') {
        while (filled.length < column) filled.push(NOTHING);
        filled[column] = cell;
      }
    }
    for (const { column, to } of starting.get(line) ?? []) {
      const cell = filled[column] ?? NOTHING;
      if (cell.text !== '') going.set(column, { to, cell });
    }
    return { line, cells: filled };
  });
};
