import type { UnitEntry } from '../../../shared/directory/units.ts';
import type { PolicyValues, SiteFacts } from '../../../shared/policy/policy.ts';
import { type Language, say } from '../../../shared/text/catalogue.ts';
import { addDays } from '../../../shared/time/clock.ts';
import { squareMetres } from '../../../shared/values/area.ts';
import { formatFen, sumFen } from '../../../shared/values/money.ts';
import type { Place } from '../../../shared/values/place.ts';
import { type Allocation, type BillFacts, type OpenBill as OpenDebt, periodOf } from '../accounts/contract.ts';
import {
  type DeliverySheet,
  deskFacts,
  type FeeLine,
  type ItemNames,
  itemLabel,
  type LateDebt,
  type MailedPaper,
  type OffsetLine,
  periodLabel,
  unitLabel,
} from '../documents/contract.ts';
import { periodDays, wholeMonths } from '../tariffs/contract.ts';
import type { Letter, LetterAccount } from './letter.ts';
import { numberOf } from './number.ts';
import type { LetterKind } from './terms.ts';

/** What has to be known to put a letter into words. */
export interface LetterWords {
  language: Language;
  /** The payer's name; absent once it was erased. */
  payer?: string | undefined;
  site: Pick<SiteFacts, 'name' | 'desk' | 'howToPay' | 'placeFormat'>;
  units: ReadonlyMap<string, Place & Partial<Pick<UnitEntry, 'kind'>>>;
  names: ItemNames;
  policy: PolicyValues;
}

const PAPER_OF = {
  'fee-notice': 'fee-notice',
  friendly: 'friendly-reminder',
  reminder: 'reminder',
  'second-notice': 'second-notice',
  demand: 'demand-letter',
} as const satisfies Record<LetterKind, MailedPaper['kind']>;

/** The letter as a document, from the snapshot in its journal; its link stands in mails only. */
export const paperOf = (
  { id, state }: { id: string; state: Letter },
  accounts: readonly LetterAccount[],
  words: LetterWords,
): MailedPaper => {
  const { language, site, units, policy } = words;
  const unit = (one: string) => unitLabel(units.get(one), one, site);
  const labels = [...new Set(accounts.map((one) => unit(one.unit)))];
  const head = {
    language,
    site: site.name,
    desk: deskFacts(site),
    number: numberOf(id, state),
    issuedOn: state.day,
    payer: words.payer ?? say('letter.payer-of', language, { unit: labels[0] ?? '' }),
    units: labels,
    howToPay: site.howToPay ?? [],
  };
  if (state.kind === 'fee-notice') return { ...head, kind: 'fee-notice', ...noticeOf(accounts, unit, words) };
  const debts = accounts.flatMap((one) => (one.debts ?? []).map((debt) => debtOf(debt, unit(one.unit), words)));
  const totalFen = sumFen(debts.flatMap(({ openFen, lateFen }) => [openFen, lateFen]));
  const arrears = { ...head, debts, totalFen, asOf: state.day };
  const payBy = addDays(state.day, policy.demandPayDays);
  switch (state.kind) {
    case 'demand':
      return { ...arrears, kind: 'demand-letter', payBy };
    case 'second-notice':
      return { ...arrears, kind: 'second-notice', payBy };
    default:
      return { ...arrears, kind: PAPER_OF[state.kind] };
  }
};

type UnitLabel = (unit: string) => string;

const named = (bill: string, unit: string, { names, language }: LetterWords) => ({
  unit,
  item: itemLabel(bill, names, language),
  period: periodLabel(bill, language),
});

/** The delivery sheet of a day, in the language of those who carry letters out. */
export const deliverySheetOf = (
  letters: readonly { id: string; state: Letter }[],
  withdrawn: readonly { id: string; state: Letter }[],
  {
    site,
    day,
    units,
    nameOf,
  }: Pick<LetterWords, 'site' | 'units'> & { day: string; nameOf(party: string): string | undefined },
): DeliverySheet => ({
  kind: 'delivery-sheet',
  language: 'zh-CN',
  site: site.name,
  desk: deskFacts(site),
  number: `DS-${day.replaceAll('-', '')}`,
  issuedOn: day,
  rows: letters.map(({ id, state }, i) => ({
    no: i + 1,
    number: numberOf(id, state),
    kind: PAPER_OF[state.kind],
    unit: firstUnit(state, { site, units }),
    payer: nameOf(state.party) ?? '',
  })),
  withdrawn: withdrawn.map(({ id, state }) => ({
    number: numberOf(id, state),
    unit: firstUnit(state, { site, units }),
  })),
});

const firstUnit = ({ accounts }: Letter, { site, units }: Pick<LetterWords, 'site' | 'units'>): string => {
  const unit = accounts[0]?.unit ?? '';
  return unitLabel(units.get(unit), unit, site);
};

const noticeOf = (accounts: readonly LetterAccount[], unit: UnitLabel, words: LetterWords) => {
  const lines = accounts.flatMap((one) => (one.bills ?? []).map((bill) => lineOf(bill, unit(one.unit), words)));
  const offsets = accounts.flatMap((one) =>
    (one.offsets ?? []).map((offset) => offsetOf(offset, unit(one.unit), words)),
  );
  const arrears = accounts.flatMap((one) =>
    (one.debts ?? []).map((debt) => {
      const { lateFen: _, ...rest } = debtOf(debt, unit(one.unit), words);
      return { ...rest, openFen: debt.openFen + debt.lateFen };
    }),
  );
  const days = accounts.flatMap(({ bills = [] }) => bills.map(({ dueDay }) => dueDay)).sort();
  return {
    lines,
    offsets,
    arrears,
    totalFen: sumFen([
      ...[...lines, ...offsets].map(({ amountFen }) => amountFen),
      ...arrears.map(({ openFen }) => openFen),
    ]),
    dueDay: days[0] ?? '',
  };
};

const lineOf = (bill: BillFacts, unit: string, words: LetterWords): FeeLine => {
  const days = daysOf(bill);
  return {
    ...named(bill.bill, unit, words),
    ...(days ? { days } : {}),
    quantity: quantityOf(bill, words.language),
    amountFen: bill.fen,
  };
};

/** The days a bill is for: its own, else those of the period it is named after. */
const daysOf = ({ bill, from, to }: BillFacts): FeeLine['days'] => {
  const whole = periodDays(periodOf(bill));
  return from && to ? { from, to } : whole && { from: from ?? whole.from, to: to ?? whole.to };
};

/** How an amount came about: `89.12 × 2.85`, a pool's share by area, or a rate for its months; and the discount, if any. */
const quantityOf = (bill: BillFacts, language: Language): string => {
  const { discountFen = 0 } = bill;
  const less = discountFen === 0 ? '' : say('letter.discount', language, { fen: formatFen(-Math.abs(discountFen)) });
  return [timesOf(bill, language), less].filter(Boolean).join(' ');
};

const timesOf = (bill: BillFacts, language: Language): string => {
  const { quantityMicro, sharedMicro, rate } = bill;
  if (sharedMicro !== undefined) return say('letter.shared', language, { n: squareMetres(sharedMicro) });
  // Where the rate changed within, none is the bill's.
  if (rate === undefined) return '';
  if (quantityMicro !== undefined) return say('letter.quantity', language, { n: squareMetres(quantityMicro), rate });
  const days = daysOf(bill);
  const n = days && wholeMonths(days);
  if (n === undefined) return say('letter.flat.part', language, { rate });
  return n === 1 ? say('letter.flat', language, { rate }) : say('letter.flat.months', language, { rate, n });
};

const offsetOf = ({ bill, fen }: Allocation, unit: string, words: LetterWords): OffsetLine => ({
  ...named(bill, unit, words),
  amountFen: -fen,
});

const debtOf = (
  { bill, dueDay, openFen, lateFen }: Pick<OpenDebt, 'bill' | 'dueDay' | 'openFen' | 'lateFen'>,
  unit: string,
  words: LetterWords,
): LateDebt => ({ ...named(bill, unit, words), dueDay, openFen, lateFen });
