import type { SiteFacts } from '../../../shared/policy/policy.ts';
import type { Language } from '../../../shared/text/catalogue.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { localDay } from '../../../shared/time/clock.ts';
import {
  deskFacts,
  type ItemNames,
  itemLabel,
  type ReceiptPaper as Paper,
  periodLabel,
  word,
} from '../documents/contract.ts';
import type { IssuedReceipt } from './book.ts';
import type { Invoice } from './invoice.ts';

/** What puts a receipt into words. */
export interface ReceiptWords {
  language: Language;
  /** The payer's name; absent once it was erased. */
  payer?: string | undefined;
  site: Pick<SiteFacts, 'name' | 'desk' | 'timeZone'>;
  /** As people call it. */
  unit: string;
  /** Of a receipt for several accounts: each unit, by its id. */
  units?: ReadonlyMap<string, string>;
  names: ItemNames;
}

/** A receipt as a document. */
export const paperOf = (receipt: IssuedReceipt, { language, payer, site, unit, units, names }: ReceiptWords): Paper => {
  const parts = receipt.parts ?? [{ ...receipt, unit: receipt.unit }];
  const labelOf = (id: string) => units?.get(id) ?? unit;
  const late = word('entry', 'late', language);
  return {
    kind: 'receipt',
    language,
    site: site.name,
    desk: deskFacts(site),
    number: receipt.serial,
    issuedOn: localDay(receipt.issuedAt, site.timeZone),
    payer: payer ?? say('letter.payer-of', language, { unit }),
    units: [...new Set(parts.map((part) => labelOf(part.unit)))],
    paidOn: receipt.paidOn,
    method: word('method', receipt.method, language),
    lines: parts
      .flatMap((of) => of.allocations.map((one) => ({ ...one, of: labelOf(of.unit) })))
      .map(({ bill, part, fen, of }) => ({
        unit: of,
        item: part === 'late' ? `${itemLabel(bill, names, language)} · ${late}` : itemLabel(bill, names, language),
        period: periodLabel(bill, language),
        amountFen: fen,
      })),
    prepaidFen: receipt.creditFen,
    totalFen: receipt.fen,
    voided: receipt.reversedOn !== undefined,
  };
};

const COLUMNS = [
  'serial',
  'takenOn',
  'paidOn',
  'method',
  'amountFen',
  'payment',
  'account',
  'unit',
  'party',
  'reversedOn',
  'invoice',
  'invoiceNumber',
  'redNumber',
] as const;

/** Receipts for the tax platform (CSV); every field is an id, a number, a day or a word of a closed list. */
export const exportOf = (rows: readonly { receipt: IssuedReceipt; invoice: Invoice | undefined }[]): string =>
  [
    COLUMNS.join(','),
    ...rows.map(({ receipt, invoice }) =>
      [
        receipt.serial,
        receipt.takenOn,
        receipt.paidOn,
        receipt.method,
        receipt.fen,
        receipt.payment,
        receipt.account,
        receipt.unit,
        receipt.party,
        receipt.reversedOn ?? '',
        invoice?.status ?? 'none',
        invoice?.number ?? '',
        invoice?.redNumber ?? '',
      ].join(','),
    ),
    '',
  ].join('\r\n');
