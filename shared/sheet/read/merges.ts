import { type Cell, NOTHING, type Row } from './cells.ts';

/** Cells merged into one, which stands in the first: its column, and the lines it goes over. */
export interface Merge {
  column: number;
  from: number;
  to: number;
}

/** Every row with what a merge above says of it, each row looked at once however many merges there are. */
export const carriedDown = (rows: readonly Row[], merges: readonly Merge[]): Row[] => {
  const starting = Map.groupBy(
    merges.filter(({ from, to }) => to > from),
    ({ from }) => from,
  );
  const going = new Map<number, { to: number; cell: Cell }>();
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
