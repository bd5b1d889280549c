import type { Block, TableBlock } from '../../../../shared/paper/block.ts';
import { say } from '../../../../shared/text/catalogue.ts';
import { formatFen } from '../../../../shared/values/money.ts';
import { inCapitals } from '../capitals.ts';
import type { DemandLetter, Reminder, SecondNotice } from '../model.ts';
import { dayInWords, greetingOf, headOf, itemColumns, payOf, unlessZero, when } from './words.ts';

type Letter = Reminder | SecondNotice | DemandLetter;

/** The letters of the dunning ladder: what is open, since when, and what is asked. */
export const arrearsLetter = (paper: Letter): Block[] => {
  const { language, site, asOf, totalFen, issuedOn } = paper;
  const said = paper.kind === 'demand-letter' ? demand(paper) : asked(paper);
  const formal = paper.kind === 'second-notice' || paper.kind === 'demand-letter';
  return [
    headOf(paper, [say('paper.as-of', language), asOf]),
    greetingOf(paper),
    ...said.map((text): Block => ({ block: 'paragraph', text })),
    debts(paper),
    { block: 'total', total: [say('paper.open', language), formatFen(totalFen)] },
    ...payOf(paper),
    ...when(formal, () => ({
      block: 'signed',
      lines: [say('paper.sealed', language, { site }), dayInWords(issuedOn, language)],
    })),
    ...(paper.kind === 'demand-letter' ? [served(paper)] : []),
  ];
};

const asked = ({ kind, language, asOf, payBy }: Reminder | SecondNotice): string[] => [
  say(`paper.${kind}`, language, { asOf: dayInWords(asOf, language) }),
  ...(payBy === undefined ? [] : [say('paper.pay-by', language, { payBy: dayInWords(payBy, language) })]),
];

/** The demand says what is owed, a reasonable time, that it interrupts the limitation, and that objections are heard. */
const demand = ({ language, asOf, payBy, totalFen }: DemandLetter): string[] => [
  say('paper.demand-letter', language, {
    asOf: dayInWords(asOf, language),
    total: formatFen(totalFen),
    capitals: inCapitals(totalFen),
  }),
  say('paper.demand-letter.time', language, { payBy: dayInWords(payBy, language) }),
  say('paper.demand-letter.limitation', language),
  say('paper.demand-letter.object', language),
];

const debts = ({ language, debts }: Letter): TableBlock => {
  // Most sites charge nothing for being late: then nothing is said of it.
  const late = debts.some(({ lateFen }) => lateFen !== 0);
  return {
    block: 'table',
    columns: [
      ...itemColumns(language),
      { label: say('paper.column.due-day', language), share: 18 },
      { label: say('paper.column.open', language), share: 18, align: 'right' },
      ...(late ? [{ label: say('paper.column.late', language), share: 15, align: 'right' } as const] : []),
    ],
    rows: debts.map(({ unit, item, period, dueDay, openFen, lateFen }) => [
      unit,
      item,
      period,
      dueDay,
      formatFen(openFen),
      ...(late ? [unlessZero(lateFen)] : []),
    ]),
  };
};

/** Signed by who takes it: without it nobody can show that the letter arrived. */
const served = ({ language, site, number }: DemandLetter): Block => ({
  block: 'form',
  caption: say('paper.served', language),
  text: say('paper.served.text', language, { site, number }),
  fields: (['paper.received-by', 'paper.relation', 'paper.received-at', 'paper.served.by'] as const).map((key) =>
    say(key, language),
  ),
  across: 2,
});
