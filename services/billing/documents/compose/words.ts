import type { Block, BlockColumn, Fact } from '../../../../shared/paper/block.ts';
import { type Language, say } from '../../../../shared/text/catalogue.ts';
import type { Day } from '../../../../shared/time/clock.ts';
import { formatFen } from '../../../../shared/values/money.ts';
import type { Desk, Paper } from '../model.ts';

/** A day in running text: `2026年11月10日`; tables keep `2026-11-10`. */
export const dayInWords = (day: Day, language: Language): string => {
  const [y = '', m, d] = day.split('-');
  return say('paper.day', language, { day, y, m: Number(m), d: Number(d) });
};

/** From a day to another, the year once where it is the same: `2026-11-01 至 11-30`. */
export const spanIn = (from: Day, to: Day, language: Language): string =>
  say('paper.span', language, { from, to: from.slice(0, 4) === to.slice(0, 4) ? to.slice(5) : to });

/** No amount is an empty cell. */
export const unlessZero = (fen: number): string => (fen === 0 ? '' : formatFen(fen));

export const listInWords = (names: string[], language: Language): string => names.join(say('paper.between', language));

export const deskLines = ({ complaintPhone, address }: Desk, language: Language): string[] => [
  ...(complaintPhone ? [say('paper.desk.phone', language, { phone: complaintPhone })] : []),
  ...(address ? [say('paper.desk.address', language, { address })] : []),
];

/** Whom to ask, for those who don't open a link. */
export const askOf = ({ desk, site, language }: Paper): Block => ({
  block: 'note',
  text: desk.complaintPhone
    ? say('paper.ask.phone', language, { site, phone: desk.complaintPhone })
    : say('paper.ask', language, { site }),
});

/** A block where there is something to say. */
export const when = (there: boolean, block: () => Block): Block[] => (there ? [block()] : []);

/** How to pay, the link for mails, and whom to ask. */
export const payOf = (paper: Paper & { howToPay: string[]; link?: string }): Block[] => {
  const { language, howToPay, link } = paper;
  return [
    ...when(howToPay.length > 0, () => ({
      block: 'list',
      caption: say('paper.how-to-pay', language),
      lines: howToPay,
    })),
    ...when(link !== undefined, () => ({ block: 'link', text: say('paper.link', language), url: link ?? '' })),
    askOf(paper),
  ];
};

/** What every payer's document says of itself, before what is its own. */
export const headOf = (
  { kind, language, number, issuedOn, payer, units }: Paper & { payer: string; units: string[] },
  ...more: Fact[]
): Block => ({
  block: 'facts',
  facts: [
    [say('paper.payer', language), payer],
    [say(kind === 'receipt' ? 'paper.serial' : 'paper.number', language), number],
    [say('paper.units', language), listInWords(units, language)],
    [say('paper.issued', language), issuedOn],
    ...more,
  ],
});

export const greetingOf = ({ payer, language }: Paper & { payer: string }): Block => ({
  block: 'paragraph',
  text: say('paper.greeting', language, { payer }),
  greeting: true,
});

/** The columns that lead every table of fees. */
export const itemColumns = (language: Language): BlockColumn[] => [
  { label: say('paper.column.unit', language), share: 17 },
  { label: say('paper.column.item', language), share: 19 },
  { label: say('paper.column.period', language), share: 14 },
];
