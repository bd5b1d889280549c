import type { Block } from '../../../../shared/paper/block.ts';
import { type Language, say } from '../../../../shared/text/catalogue.ts';
import { formatFen } from '../../../../shared/values/money.ts';
import { inCapitals } from '../capitals.ts';
import type { AccountStatement, DeliverySheet, ReceiptPaper } from '../model.ts';
import { askOf, headOf, itemColumns, spanIn, unlessZero } from './words.ts';

/** Receipt (收据): what was paid for what; a voided one keeps its number. */
export const receipt = (paper: ReceiptPaper): Block[] => {
  const { language, lines, prepaidFen, totalFen, paidOn, method } = paper;
  const kept = prepaidFen === 0 ? [] : [['', say('paper.prepaid.kept', language), '', formatFen(prepaidFen)]];
  return [
    headOf(paper, [say('paper.paid-on', language), paidOn], [say('paper.method', language), method]),
    {
      block: 'table',
      columns: [...itemColumns(language), { label: say('paper.column.amount', language), share: 18, align: 'right' }],
      rows: [...lines.map(({ unit, item, period, amountFen }) => [unit, item, period, formatFen(amountFen)]), ...kept],
    },
    {
      block: 'total',
      total: [say('paper.received', language), formatFen(totalFen)],
      inCapitals: [say('paper.capitals', language), inCapitals(totalFen)],
    },
    { block: 'note', text: say('paper.not-an-invoice', language) },
    { block: 'form', fields: [say('paper.seal', language), say('paper.cashier', language)], across: 2 },
  ];
};

/** Account statement (对账单): every entry of the span and the balance after it. */
export const accountStatement = (paper: AccountStatement): Block[] => {
  const { language, from, to, openingFen, rows, closingFen, prepaidFen } = paper;
  return [
    headOf(paper, [say('paper.statement.span', language), spanIn(from, to, language)]),
    {
      block: 'table',
      columns: [
        { label: say('paper.column.day', language), share: 12 },
        { label: say('paper.column.what', language), share: 20 },
        { label: say('paper.column.item', language), share: 17 },
        { label: say('paper.column.period', language), share: 14 },
        { label: say('paper.column.debit', language), share: 14, align: 'right' },
        { label: say('paper.column.credit', language), share: 15, align: 'right' },
        { label: say('paper.column.balance', language), share: 14, align: 'right' },
      ],
      rows: [
        [from, say('paper.statement.opening', language), '', '', '', '', formatFen(openingFen)],
        ...rows.map(({ day, what, item, period, debitFen, creditFen, balanceFen }) => [
          day,
          what,
          item,
          period,
          unlessZero(debitFen),
          unlessZero(creditFen),
          formatFen(balanceFen),
        ]),
      ],
      sum: [say('paper.statement.closing', language), formatFen(closingFen)],
    },
    { block: 'facts', facts: [[say('paper.statement.prepaid', language), formatFen(prepaidFen)]] },
    { block: 'note', text: say('paper.statement.note', language) },
    askOf(paper),
  ];
};

const withdrawnNote = (withdrawn: DeliverySheet['withdrawn'], language: Language): Block[] => {
  if (withdrawn.length === 0) return [];
  const list = withdrawn.map(({ number, unit }) => say('paper.delivery.one', language, { number, unit }));
  const text = say('paper.delivery.withdrawn', language, { list: new Intl.ListFormat(language).format(list) });
  return [{ block: 'note', text }];
};

/** Delivery sheet (送达登记表): a row to sign for each document of the day. */
export const deliverySheet = ({ language, issuedOn, number, rows, withdrawn }: DeliverySheet): Block[] => [
  {
    block: 'facts',
    facts: [
      [say('paper.number', language), number],
      [say('paper.issued', language), issuedOn],
      [say('paper.delivery.count', language), String(rows.length)],
    ],
  },
  {
    block: 'table',
    boxes: 28,
    columns: [
      { label: say('paper.delivery.no', language), share: 5, align: 'center' },
      { label: say('paper.delivery.number', language), share: 19 },
      { label: say('paper.delivery.kind', language), share: 13 },
      { label: say('paper.column.unit', language), share: 15 },
      { label: say('paper.payer', language), share: 13 },
      { label: say('paper.received-by', language), share: 11 },
      { label: say('paper.relation', language), share: 11 },
      { label: say('paper.received-at', language), share: 15 },
      { label: say('paper.signature', language), share: 15 },
    ],
    rows: rows.map(({ no, number, kind, unit, payer }) => [
      String(no),
      number,
      say(`paper.title.${kind}`, language),
      unit,
      payer,
      '',
      '',
      '',
      '',
    ]),
  },
  ...withdrawnNote(withdrawn, language),
  { block: 'note', text: say('paper.delivery.note', language) },
  { block: 'form', fields: [say('paper.served.by', language), say('paper.issued', language)], across: 2 },
];
