import type { Language } from '../../../shared/text/catalogue.ts';
import type { Day } from '../../../shared/time/clock.ts';

/**
 * What stands on the documents that billing hands out: data only, one model for the mail and the printed page. Amounts are
 * whole fen, days the site's own. What a person wrote or chose (names, labels, periods) comes ready in the document's
 * language; the words around it are the catalogue's.
 */
export type Paper =
  | FeeNotice
  | Reminder
  | SecondNotice
  | DemandLetter
  | DeliverySheet
  | ReceiptPaper
  | AccountStatement;
/** What goes out as an email, too. */
export type MailedPaper = FeeNotice | Reminder | SecondNotice | DemandLetter;

/** Where the desk is found: stands on every page and every mail. */
export interface Desk {
  complaintPhone?: string;
  address?: string;
}

interface Head {
  language: Language;
  /** The site's name. */
  site: string;
  desk: Desk;
  /** The document's own number; a receipt's is its serial. */
  number: string;
  issuedOn: Day;
}

interface Addressed extends Head {
  payer: string;
  /** The payer's units, as people call them. */
  units: string[];
}

interface Item {
  unit: string;
  item: string;
  period: string;
}

export interface FeeLine extends Item {
  /** What it is for, both days included; absent where it is for no span of days. */
  days?: { from: Day; to: Day };
  /** How the amount came about, e.g. `89.12 m² × 2.85`. */
  quantity: string;
  amountFen: number;
}

/** Prepaid money used for an item: a negative amount. */
export interface OffsetLine extends Item {
  amountFen: number;
}

export interface DebtLine extends Item {
  dueDay: Day;
  /** Principal still open. */
  openFen: number;
}

export interface LateDebt extends DebtLine {
  /** Late charge still open on it; 0 where the site has none. */
  lateFen: number;
}

/** How to pay, and where to see and question it. */
interface Payable {
  /** A line for each way to pay. */
  howToPay: string[];
  /** Opens the payer's own page; in mails only. */
  link?: string;
}

/** Fee notice (缴费通知单): one per payer and bill run. */
export interface FeeNotice extends Addressed, Payable {
  kind: 'fee-notice';
  lines: FeeLine[];
  offsets: OffsetLine[];
  /** Open from before this run. */
  arrears: DebtLine[];
  /** Lines, offsets and arrears together. */
  totalFen: number;
  dueDay: Day;
}

interface Arrears extends Addressed, Payable {
  debts: LateDebt[];
  /** Principal and late charges together. */
  totalFen: number;
  asOf: Day;
  /** The day by which to pay; without one, soon. */
  payBy?: Day;
}

/** D+1, friendly (友情提醒), and D+7 (催缴提醒). */
export interface Reminder extends Arrears {
  kind: 'friendly-reminder' | 'reminder';
}

/** D+15 (二次催缴通知). */
export interface SecondNotice extends Arrears {
  kind: 'second-notice';
}

/** D+30 (催缴函): delivered against signature, with a reasonable time to pay (Civil Code 944). */
export interface DemandLetter extends Arrears {
  kind: 'demand-letter';
  payBy: Day;
}

export interface Delivery {
  /** Its place in the sheet, from 1. */
  no: number;
  /** Number and kind of the document to deliver. */
  number: string;
  kind: MailedPaper['kind'];
  unit: string;
  payer: string;
}

/** Delivery sheet (送达登记表) of a site and a day: who received what, to sign. */
export interface DeliverySheet extends Head {
  kind: 'delivery-sheet';
  rows: Delivery[];
  /** What was paid in full since it was put on paper: taken out of the pile, where it was printed before. */
  withdrawn: Pick<Delivery, 'number' | 'unit'>[];
}

export interface ReceiptLine extends Item {
  amountFen: number;
}

/** Receipt (收据) of a payment; never an invoice (发票). */
export interface ReceiptPaper extends Addressed {
  kind: 'receipt';
  paidOn: Day;
  /** How it was paid, in words. */
  method: string;
  lines: ReceiptLine[];
  /** What is left as prepaid. */
  prepaidFen: number;
  /** Lines and prepaid together: what was paid. */
  totalFen: number;
  voided: boolean;
}

export interface StatementRow {
  day: Day;
  /** What happened: charged, paid, waived …, in words. */
  what: string;
  item: string;
  period: string;
  debitFen: number;
  creditFen: number;
  /** What is owed after it, less what is prepaid. */
  balanceFen: number;
}

/** Account statement (对账单) of a unit, from its first to its last day, both included. */
export interface AccountStatement extends Addressed {
  kind: 'account-statement';
  from: Day;
  to: Day;
  /** What is owed, less what is prepaid; so is the closing balance. */
  openingFen: number;
  rows: StatementRow[];
  closingFen: number;
  /** Prepaid at the end. */
  prepaidFen: number;
}
