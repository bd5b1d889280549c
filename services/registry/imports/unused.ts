import { Refusal } from '../../../shared/domain/refusal.ts';
import { NOTHING, type ReadCell, type SheetRow } from '../../../shared/sheet/read/cells.ts';
import type { SheetTable } from '../../../shared/sheet/read/table.ts';
import { unbracketed } from '../../../shared/sheet/read/words.ts';
import type { Region } from '../../../shared/values/phone.ts';
import type { IMPORT_KINDS } from '../events.ts';
import { isFault } from './cells.ts';
import { columnsAt, type ImportColumn, type ImportColumns, rowsOf } from './columns.ts';
import type { Importer, ReadRow } from './importer.ts';

type Kind = (typeof IMPORT_KINDS)[number];

/** A column of a sheet that an import makes nothing of. */
export interface Unused {
  /** Its heading, else where it stands: `C`. */
  column: string;
  /** Which other import reads it. */
  kind?: Kind | undefined;
}
/** `AB`, as a spreadsheet calls a column. */
const letters = (at: number): string =>
  (at < 26 ? '' : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));

interface At extends Unused {
  at: number;
}

/** Numbers of lines and notes: they never tell one thing from another. */
const TELLS_NOTHING = /^(序号|序|行号|no\.?|#|id|备注|说明|remarks?|notes?)$/;
/** Who somebody is or pays, and since when: what nobody understands of it changes what people are billed. */
const WHO_OR_WHEN = new RegExp(
  [
    '业主|住户|户主|房主|租户|租客|承租|产权人|买受人|共有人|使用人|付款人|缴费人|交费人|姓名|客户',
    '^自(?![住用有])|^从|何时|何日|起$|^起|止$|始|开始|签约|租期|租赁期|合同期|期间',
    '日期|时间|起始|起租|生效|截至|截止|到期|期限|过户|交房|收房|接房|交付|入住|迁入|迁出|搬入|搬出',
    '^(owner|tenant|payer|name|since|from|until|to|start|end|date).*|.*(name|date|since|until)$',
  ].join('|'),
);
/** Of somebody to be called in an emergency, and of who wrote the sheet: neither is an owner or a payer. */
const OF_OTHERS = /紧急|登记|录入|录制|填表|填写|制表|经办|更新|打印|导出/;
/**
 * Of the house, its papers or somebody's birth; not where it says who, or until when nothing is paid (a free time after the renovation).
 */
const OF_THE_HOUSE = new RegExp(
  [
    '^(?!.*([缴费免减]|[人名主]$)).*(出生|生日|装修|竣工|建成|落成|封顶|开工|验收|查验|检验|检测|年检|维修|质保|保修',
    '房产证|产权证|不动产证|身份证|证件|证书|发证|领证|办证|(楼栋?|楼宇|项目|整体)(移交|交付)|原始(面积|价|单价|总价|编号|房号|户型)',
    'birth|renovation|completion|inspection|certificate|passport)',
  ].join('|'),
);

/** Days below no heading say since when, or until when. */
const isDayCell = ({ kind, text }: ReadCell): boolean => kind === 'day' || /^(19|20)\d{2}[-/.年]\d/.test(text);

/**
 * Whether a column says, under a heading nobody understands, what no other column of the sheet says and a row is otherwise taken to be:
 * which homes are vacant, who is a tenant. Most of its cells are words of that, and not all what is taken for granted anyway.
 */
const saysWhat = (
  { column }: At,
  cells: readonly ReadCell[],
  { telling, spokenOf, read, empty }: ImportColumn<unknown>,
  region: Region,
): boolean => {
  if (spokenOf?.test(unbracketed(column))) return true;
  if (!telling) return false;
  const said = cells.map((cell) => read(cell.text, cell, region)).filter((one) => !isFault(one));
  return said.length * 2 >= cells.length && said.some((one) => one !== empty?.value);
};

/**
 * Columns with something in them that an import makes nothing of. What another import reads is its own: a sheet of homes
 * may have their owners beside them.
 * @throws Refusal where one says who, since when, or what a home is in words nobody understands: passing it over would bill the wrong
 * person, or the wrong sum
 */
export const unusedIn = (
  { header, rows, sheet, line }: SheetTable,
  columns: ImportColumns<object>,
  others: Partial<Record<Kind, ImportColumns<object>>>,
  region: Region,
): At[] => {
  const places = columnsAt(header, columns);
  const used = new Set([...places.values()].flat());
  const unsaid = (Object.entries(columns) as [string, ImportColumn<unknown>][]).flatMap(([field, column]) =>
    places.get(field)?.length === 0 ? [column] : [],
  );
  const width = Math.max(header.length, ...rows.map(({ cells }) => cells.length));
  const unused = Array.from({ length: width }, (_, at) => at)
    .filter((at) => !used.has(at) && rows.some(({ cells }) => (cells[at]?.text ?? '') !== ''))
    .map((at): At => {
      const title = header[at] ?? '';
      const [kind] =
        Object.entries(others).find(([, other]) => [...columnsAt([title], other).values()].flat().length > 0) ?? [];
      return { at, column: title === '' ? letters(at) : title, ...(kind === undefined ? {} : { kind: kind as Kind }) };
    });
  const telling = unused.filter((one) => {
    const { at, column, kind } = one;
    const title = unbracketed(column);
    const cells = rows.map((row) => row.cells[at] ?? NOTHING).filter(({ text }) => text !== '');
    if (unsaid.some((other) => saysWhat(one, cells, other, region))) return true;
    if (!header[at]) return cells.every(isDayCell);
    return kind === undefined && WHO_OR_WHEN.test(title) && !OF_OTHERS.test(title) && !OF_THE_HOUSE.test(title);
  });
  if (Object.keys(others).length > 0 && telling.length > 0)
    throw refused('import.column-decides', telling, { sheet, line });
  return unused;
};

/**
 * Rows that say the same in every column that is understood are the same, unless they differ in one that isn't: then that
 * one tells them apart, and whatever is made of the rows is wrong.
 * @throws Refusal naming the columns and the rows
 */
export const checkTellingApart = (
  table: SheetTable,
  { columns, key }: Pick<Importer<object>, 'columns' | 'key'>,
  lines: readonly ReadRow<object>[],
  unused: readonly At[],
): void => {
  const rows = new Map(rowsOf(table, columns).map((row) => [row.line, row]));
  const first = new Map<string, SheetRow>();
  const found = new Map<At, number[]>();
  const words = unused.filter(({ column }) => !TELLS_NOTHING.test(unbracketed(column)));
  for (const { line, value } of lines) {
    const row = rows.get(line) as SheetRow;
    const same = first.get(key(value));
    if (!same) first.set(key(value), row);
    for (const one of same ? words : []) {
      const differs = (same?.cells[one.at]?.text ?? '') !== (row.cells[one.at]?.text ?? '');
      if (differs) found.set(one, [...(found.get(one) ?? [same?.line ?? 0]), line]);
    }
  }
  if (found.size === 0) return;
  const { sheet, line } = table;
  const some = [...new Set([...found.values()].flat())].sort((a, b) => a - b).slice(0, 20);
  throw refused('import.column-tells-apart', [...found.keys()], { sheet, line, lines: some.join(', ') });
};

const refused = (
  code: 'import.column-decides' | 'import.column-tells-apart',
  columns: readonly Unused[],
  where: Record<string, string | number>,
) => {
  const details = { ...where, columns: columns.map(({ column }) => column).join(', ') };
  return new Refusal('invalid', code, details, [{ field: 'body.content', rule: code, details }]);
};
