import type { Block } from '../../../../shared/paper/block.ts';
import { type Language, say } from '../../../../shared/text/catalogue.ts';
import { formatFen } from '../../../../shared/values/money.ts';
import { BUCKETS, type Took } from '../../collections/contract.ts';
import type { Content } from '../content.ts';
import { column, heading } from './parts.ts';

/** What is open by age (账龄), drawn and in a table. */
const ageingOf = ({ arrears: { ageing } }: Content, language: Language): Block[] => {
  const c = column(language);
  return [
    {
      block: 'chart',
      caption: say('report.ageing', language),
      chart: {
        kind: 'bars',
        bars: BUCKETS.map((bucket) => ({
          label: say(`arrears.${bucket}`, language),
          value: ageing.buckets[bucket].fen,
          said: formatFen(ageing.buckets[bucket].fen),
        })),
      },
    },
    {
      block: 'table',
      columns: [
        c('arrears.age', 24),
        c('arrears.accounts', 12, true),
        c('arrears.bills', 12, true),
        c('arrears.principal', 22, true),
        c('arrears.late', 20, true),
      ],
      rows: BUCKETS.map((bucket) => {
        const { accounts, bills, fen, lateFen } = ageing.buckets[bucket];
        return [
          say(`arrears.${bucket}`, language),
          String(accounts),
          String(bills),
          formatFen(fen),
          formatFen(lateFen),
        ];
      }),
      sum: [say('report.overdue', language), formatFen(ageing.overdue.fen)],
    },
  ];
};

/** How far the ladder went (催缴漏斗), and what became of the debts after each rung. */
const funnelOf = ({ arrears: { funnel, since }, span }: Content, language: Language): Block[] => {
  const rungs = funnel.rungs.filter(({ reached }) => reached.debts > 0);
  if (rungs.length === 0) return [];
  const c = column(language);
  const took = ({ debts, fen }: Took) => (debts === 0 ? '0' : `${debts} · ${formatFen(fen)}`);
  return [
    {
      block: 'table',
      caption: say('report.funnel', language, { since, to: span.to }),
      columns: [
        c('arrears.rung', 18),
        c('funnel.reached', 20, true),
        c('funnel.settled', 20, true),
        c('funnel.settledLater', 18, true),
        c('funnel.held', 16, true),
        c('funnel.open', 20, true),
      ],
      rows: rungs.map(({ rung, reached, settled, settledLater, held, open }) => [
        say(`rung.${rung}`, language),
        took(reached),
        took(settled),
        took(settledLater),
        took(held),
        took(open),
      ]),
    },
  ];
};

/** Arrears at the end of the period: by age, and by rung of the ladder. */
export const arrearsOf = (content: Content, language: Language): Block[] =>
  content.arrears.ageing.open.bills === 0 && content.arrears.funnel.rungs.every(({ reached }) => reached.debts === 0)
    ? []
    : [heading('report.arrears', language), ...ageingOf(content, language), ...funnelOf(content, language)];
