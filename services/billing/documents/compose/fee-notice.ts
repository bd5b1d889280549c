import type { Block, TableBlock } from '../../../../shared/paper/block.ts';
import { type Language, say } from '../../../../shared/text/catalogue.ts';
import { formatFen, sumFen } from '../../../../shared/values/money.ts';
import type { DebtLine, FeeNotice } from '../model.ts';
import { dayInWords, greetingOf, headOf, itemColumns, payOf, spanIn } from './words.ts';

/** Fee notice (缴费通知单): what this run charges, what prepaid money covers, what is open from before. */
export const feeNotice = (paper: FeeNotice): Block[] => {
  const { language, arrears, totalFen, dueDay } = paper;
  const intro =
    totalFen > 0
      ? say('paper.fee-notice', language, { due: dayInWords(dueDay, language) })
      : say('paper.fee-notice.covered', language);
  return [
    headOf(paper, [say('paper.due', language), dueDay]),
    greetingOf(paper),
    { block: 'paragraph', text: intro },
    current(paper),
    ...(arrears.length > 0 ? [before(arrears, language)] : []),
    { block: 'total', total: [say('paper.to-pay', language), formatFen(totalFen)] },
    ...payOf(paper),
  ];
};

const current = ({ language, lines, offsets, arrears }: FeeNotice): TableBlock => ({
  block: 'table',
  caption: say('paper.current', language),
  columns: [
    ...itemColumns(language),
    { label: say('paper.column.span', language), share: 23 },
    { label: say('paper.column.quantity', language), share: 22 },
    { label: say('paper.column.amount', language), share: 17, align: 'right' },
  ],
  rows: [
    ...lines.map(({ unit, item, period, days, quantity, amountFen }) => [
      unit,
      item,
      period,
      days ? spanIn(days.from, days.to, language) : '',
      quantity,
      formatFen(amountFen),
    ]),
    ...offsets.map(({ unit, item, period, amountFen }) => [
      unit,
      item,
      period,
      '',
      say('paper.offset', language),
      formatFen(amountFen),
    ]),
  ],
  // Without arrears it is the total, which follows.
  ...(arrears.length > 0
    ? {
        sum: [
          say('paper.current.sum', language),
          formatFen(sumFen([...lines, ...offsets].map(({ amountFen }) => amountFen))),
        ],
      }
    : {}),
});

const before = (arrears: DebtLine[], language: Language): TableBlock => ({
  block: 'table',
  caption: say('paper.arrears', language),
  columns: [
    ...itemColumns(language),
    { label: say('paper.column.due-day', language), share: 45 },
    { label: say('paper.column.open', language), share: 17, align: 'right' },
  ],
  rows: arrears.map(({ unit, item, period, dueDay, openFen }) => [unit, item, period, dueDay, formatFen(openFen)]),
  sum: [say('paper.arrears.sum', language), formatFen(sumFen(arrears.map(({ openFen }) => openFen)))],
});
