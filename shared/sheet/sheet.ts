/** An exact decimal as its text, `-1234.50`: a number to whoever opens the sheet, never a float here. */
export interface DecimalCell {
  decimal: string;
}
export type SheetCell = string | number | DecimalCell | null | undefined;

/** A table to be opened in a spreadsheet: a header, and rows of as many cells. */
export interface Sheet {
  header: readonly string[];
  rows: readonly (readonly SheetCell[])[];
}

export const decimalCell = (text: string | null | undefined): SheetCell =>
  text === null || text === undefined ? null : { decimal: text };

/** Fen as yuan (元). */
export const yuanCell = (fen: number): SheetCell => {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return { decimal: `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}` };
};

/** What a spreadsheet would take for a formula, or a command; a number below zero, a basement floor for one (`-1`), is none. */
export const isFormula = (text: string): boolean => /^[=+@＝＋＠]|^[-－](?!\d)/.test(text.trim());

/**
 * A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it (OWASP, "CSV
 * injection"). In XLSX a text is a text, but it may be saved as CSV later.
 */
export const harmless = (text: string): string => (/^[\s\0]*[=+\-@＝＋－＠]|^[\t\r]/.test(text) ? `'${text}` : text);
