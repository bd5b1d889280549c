import { strToU8, zipSync } from 'fflate';

const xml = (part: string | Uint8Array) => (typeof part === 'string' ? strToU8(part) : part);

interface Also {
  styles?: string;
  /** Attributes of `workbookPr`. */
  properties?: string;
  sharedStrings?: string;
}

/** A workbook of sheets of this XML, by the names of their tabs. */
export const workbookOf = (
  sheets: Record<string, string | Uint8Array>,
  { styles, properties = '', sharedStrings }: Also = {},
): Uint8Array => {
  const all = Object.entries(sheets);
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="r"><workbookPr ${properties}/><sheets>${all
        .map(([name], i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${all
        .map((_, i) => `<Relationship Id="rId${i + 1}" Type="x/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
        .join('')}</Relationships>`,
    ),
    ...Object.fromEntries(all.map(([, part], i) => [`xl/worksheets/sheet${i + 1}.xml`, xml(part)])),
    ...(styles === undefined ? {} : { 'xl/styles.xml': strToU8(styles) }),
    ...(sharedStrings === undefined ? {} : { 'xl/sharedStrings.xml': strToU8(sharedStrings) }),
  });
};

/** A sheet of these rows of XML, and what comes behind them. */
export const sheetXml = (rows: string, behind = '') => `<worksheet><sheetData>${rows}</sheetData>${behind}</worksheet>`;

/** Styles by their number formats: the first is style 0. */
export const stylesOf = (...formats: (string | number)[]) => {
  const escaped = (code: string) => code.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const declared = formats.map((code, i) =>
    typeof code === 'string' ? `<numFmt numFmtId="${200 + i}" formatCode="${escaped(code)}"/>` : '',
  );
  const styles = formats.map((code, i) => `<xf numFmtId="${typeof code === 'string' ? 200 + i : code}"/>`);
  return `<styleSheet><numFmts>${declared.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`;
};

/** A cell with a text in it. */
export const said = (text: string, place?: string) =>
  `<c${place === undefined ? '' : ` r="${place}"`} t="inlineStr"><is><t>${text}</t></is></c>`;
/** A cell with a number in it, in a style. */
export const counted = (value: number | string, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
export const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;
