import type { Block } from '../../../../shared/paper/block.ts';
import { type Language, type MessageKey, say } from '../../../../shared/text/catalogue.ts';
import { writeBuilding } from '../../../../shared/values/place.ts';
import { kindWords } from '../../../complaints/events.ts';
import { ATTEMPTS, DAYS_OPEN, TIMINGS } from '../../service-figures/contract.ts';
import type { Content } from '../content.ts';
import { column, heading, more, NOTHING } from './parts.ts';

type Service = NonNullable<Content['service']>;
type Line = Service['complaints']['byKind'][number];

/** Lines of a table, at most; the API has them all. */
const LINES = 15;

const complaintRows = (lines: readonly Line[], nameOf: (key: string) => string, language: Language): string[][] =>
  [...lines]
    .sort((a, b) => b.received - a.received)
    .slice(0, LINES)
    .map(({ key, received, notValid, open, closing }) => [
      key === null ? say('service-report.unknown', language) : nameOf(key),
      String(received),
      String(notValid),
      String(open),
      closing.percent ?? NOTHING,
    ]);

const complaintTable = (
  caption: MessageKey,
  lines: readonly Line[],
  nameOf: (key: string) => string,
  language: Language,
): Block[] => {
  const c = column(language);
  if (lines.length === 0) return [];
  return [
    {
      block: 'table',
      caption: say(caption, language),
      columns: [
        c('report.column.name', 34),
        c('column.cases', 14, true),
        c('column.not-valid', 14, true),
        c('column.open', 14, true),
        c('measure.closing', 18, true),
      ],
      rows: complaintRows(lines, nameOf, language),
    },
    ...more(Math.max(0, lines.length - LINES), language),
  ];
};

/** How many cases lie where, drawn. */
const spread = <K extends string>(
  caption: MessageKey,
  keys: readonly K[],
  counts: Record<K, number>,
  label: (key: K) => MessageKey,
  language: Language,
): Block[] =>
  keys.every((key) => counts[key] === 0)
    ? []
    : [
        {
          block: 'chart',
          caption: say(caption, language),
          chart: {
            kind: 'bars',
            bars: keys.map((key) => ({
              label: say(label(key), language),
              value: counts[key],
              said: String(counts[key]),
            })),
          },
        },
      ];

/** Complaints by kind, department and building, how long they took, and how owners were reached. */
export const servicePart = ({ service, departments, placeFormat, sites }: Content, language: Language): Block[] => {
  if (!service) return [heading('report.service', language), { block: 'note', text: say('report.too-much', language) }];
  const { complaints, callbacks } = service;
  if (complaints.total.received === 0 && callbacks.Q3.due === 0) return [];
  const kind = (key: string) => say(kindWords(key) ?? 'kind.other', language);
  const department = (key: string) => departments[key] ?? key;
  const building = (key: string) => writeBuilding(key, placeFormat);
  return [
    heading('report.service', language),
    ...complaintTable('service-report.kind', complaints.byKind, kind, language),
    ...complaintTable('service-report.department', complaints.byDepartment, department, language),
    ...(sites ? [] : complaintTable('service-report.building', complaints.byBuilding, building, language)),
    ...spread('service-report.days-closed', DAYS_OPEN, complaints.daysOpen.closed, (key) => `days.${key}`, language),
    ...spread('service-report.attempts', ATTEMPTS, callbacks.attempts, (key) => `attempts.${key}`, language),
    ...spread('service-report.timing', TIMINGS, callbacks.timing, (key) => `timing.${key}`, language),
  ];
};
