import type { Block } from '../../../../shared/paper/block.ts';
import { type Language, type MessageKey, say } from '../../../../shared/text/catalogue.ts';
import { formatFen } from '../../../../shared/values/money.ts';
import { writeBuilding } from '../../../../shared/values/place.ts';
import type { NamedFigures } from '../../collections/contract.ts';
import type { Content } from '../content.ts';
import { column, heading, more, NOTHING } from './parts.ts';

const moneyRows = (all: readonly NamedFigures[], nameOf = (key: string) => key): string[][] =>
  all.map(({ key, currentToDate }) => [
    nameOf(key),
    currentToDate?.percent ?? NOTHING,
    currentToDate === null ? NOTHING : formatFen(currentToDate.fen),
    currentToDate === null ? NOTHING : formatFen(currentToDate.ofFen),
    currentToDate === null ? NOTHING : formatFen(currentToDate.ofFen - currentToDate.fen),
  ]);

/** Collection rates (收缴率), by fee item, and who has the most still to pay. */
export const collectionOf = ({ collection, placeFormat, sites }: Content, language: Language): Block[] => {
  const { months, items, worst } = collection;
  const c = column(language);
  const month = months.at(-1)?.month ?? '';
  const money = (caption: MessageKey, rows: string[][]): Block[] =>
    rows.length === 0
      ? []
      : [
          {
            block: 'table',
            caption: say(caption, language, { month }),
            columns: [
              c('report.column.name', 30),
              c('report.column.to-date', 14, true),
              c('report.column.collected', 20, true),
              c('report.column.collectable', 20, true),
              c('report.column.lacking', 20, true),
            ],
            rows,
          },
        ];
  const byMonth: Block[] =
    months.length === 1
      ? []
      : [
          {
            block: 'table',
            caption: say('report.collection.months', language),
            columns: [
              c('report.column.month', 20),
              c('report.column.current', 20, true),
              c('report.column.to-date', 20, true),
            ],
            rows: months.map(({ month: name, current, toDate }) => [
              name,
              current?.percent ?? NOTHING,
              toDate?.percent ?? NOTHING,
            ]),
          },
        ];
  if (items.length === 0 && worst.length === 0) return [];
  return [
    heading('report.collection', language),
    ...byMonth,
    ...money('report.collection.items', moneyRows(items)),
    ...money(
      'report.collection.worst',
      moneyRows(worst, sites ? undefined : (building) => writeBuilding(building, placeFormat)),
    ),
    ...more(collection.more, language),
  ];
};
