import { type Language, say } from '../../../shared/text/catalogue.ts';
import { kindWords } from '../../complaints/events.ts';
import { RULES } from '../alerts/events.ts';
import type { CollectionRate as MoneyRate } from '../collections/contract.ts';
import { type Compared, type MetRate, percentOf } from '../figures/contract.ts';
import { type Content, LEADING, type Leading } from './content.ts';

/** A rate with its counts, in words. */
export const rateIn = (rate: MetRate, language: Language): string =>
  rate === null
    ? say('report.say.no-rate', language)
    : say('report.say.rate', language, { ...rate, percent: percentOf(rate.met, rate.of) });

export const moneyIn = (rate: MoneyRate, language: Language): string =>
  rate === null ? say('report.say.no-rate', language) : say('report.say.money', language, { ...rate });

const nameIn = (id: Leading, language: Language) => say(`measure.${id}`, language);
/** Said only where there is anything to say. */
const some = (n: number, key: 'report.say.attempted' | 'report.say.running' | 'report.say.none', language: Language) =>
  n === 0 ? '' : say(key, language, { n });

const targets = ({ figures }: Content, language: Language): string => {
  const held = LEADING.map((id) => figures[id].onTarget);
  return say('report.say.targets', language, {
    met: held.filter((one) => one === true).length,
    missed: held.filter((one) => one === false).length,
    none: some(held.filter((one) => one == null).length, 'report.say.none', language),
  });
};

/** How many points, without the sign that the sentence says in a word. */
const sizeOf = (points: string): string => points.replace(/^[+-]/, '');
const movedIn = ({ points }: NonNullable<Compared['change']>, language: Language): string =>
  say('report.say.change', language, {
    moved: say(points.startsWith('-') ? 'report.say.moved.down' : 'report.say.moved.up', language),
    points: sizeOf(points),
  });

/** Which target was missed, by how much, and how it moved. */
const missed = (id: Leading, figure: Compared, language: Language): string[] => {
  const { onTarget, percent, met, missed: no, target = 0, change, attempted, running } = figure;
  if (onTarget !== false) return [];
  return [
    say('report.say.missed', language, {
      measure: nameIn(id, language),
      percent: percent ?? '',
      met,
      of: met + no,
      missed: no,
      target,
      change: change === null || Number(change.points) === 0 ? '' : movedIn(change, language),
      attempted: some(attempted, 'report.say.attempted', language),
      running: some(running, 'report.say.running', language),
    }),
  ];
};

/** By how much a figure moved, as a number to compare by. */
const moved = ({ change }: Compared): number => {
  const [by = 0, of = 1] = change?.exact.split('/').map(Number) ?? [];
  return by / of;
};

/** What moved most, either way; where everything stayed as it was, that. */
const movers = ({ figures }: Content, language: Language): string[] => {
  const known = LEADING.filter((id) => figures[id].change !== null);
  if (known.length === 0) return [];
  const sorted = [...known].sort((a, b) => moved(figures[b]) - moved(figures[a]));
  const [most, least] = [sorted[0] as Leading, sorted.at(-1) as Leading];
  const line = (key: 'report.say.rose' | 'report.say.fell', id: Leading) =>
    say(key, language, {
      measure: nameIn(id, language),
      points: sizeOf(figures[id].change?.points ?? ''),
      percent: figures[id].percent ?? '',
    });
  const lines = [
    ...(moved(figures[most]) > 0 ? [line('report.say.rose', most)] : []),
    ...(moved(figures[least]) < 0 ? [line('report.say.fell', least)] : []),
  ];
  return lines.length > 0 ? lines : [say('report.say.steady', language)];
};

const beside = ({ figures }: Content, language: Language): string =>
  say('report.say.beside', language, {
    closing: rateIn(figures.closing.rate, language),
    notValid: rateIn(figures['not-valid'].rate, language),
    reached: rateIn(figures.reached.rate, language),
  });

/** What was complained about most, what came again, and what was reopened. */
const service = ({ service: of }: Content, language: Language): string[] => {
  const known = (of?.complaints.byKind ?? []).filter(({ key }) => key !== null);
  const [most] = known.sort((a, b) => b.received - a.received);
  if (!of || !most) return [];
  const { total, repeats, reopened } = of.complaints;
  return [
    say('report.say.service', language, {
      received: total.received,
      kind: say(kindWords(most.key) ?? 'kind.other', language),
      n: most.received,
      units: repeats.units,
      atLeast: repeats.atLeast,
      reopened: rateIn(reopened.rate, language),
    }),
  ];
};

const alerts = ({ alerts: counts }: Content, language: Language): string[] => {
  const all = Object.values(counts);
  if (all.every(({ raised }) => raised === 0)) return [];
  const raised = RULES.map((rule) => say(`report.say.alerts.${rule}`, language, { n: counts[rule].raised }));
  const late = all.reduce((sum, one) => sum + one.late, 0);
  return [say('report.say.alerts', language, { raised: raised.join(language === 'zh-CN' ? '，' : ', '), late })];
};

const sites = ({ sites: of }: Content, language: Language): string[] =>
  of
    ? [
        say('report.say.sites', language, {
          count: of.count,
          all: of.count - of.missing - of.idle,
          some: of.missing,
          idle: of.idle,
        }),
      ]
    : [];

const collection = ({ collection: { months, total, items } }: Content, language: Language): string[] => {
  const last = months.at(-1);
  if (items.length === 0) return [];
  const line = say('report.say.collection', language, {
    month: last?.month ?? '',
    current: moneyIn(last?.toDate ?? null, language),
    prior: moneyIn(total.prior, language),
    closing: total.principal.closingFen,
  });
  return [line];
};

const arrears = ({ arrears: { ageing } }: Content, language: Language): string[] => {
  const { overdue, buckets } = ageing;
  if (overdue.bills === 0) return [];
  const old = buckets['91-180'].fen + buckets['181-365'].fen + buckets['over-365'].fen;
  return [say('report.say.arrears', language, { fen: overdue.fen, accounts: overdue.accounts, old })];
};

const improvements = ({ improvements: { open, late, done, dropped } }: Content, language: Language): string[] =>
  open + done + dropped === 0 ? [] : [say('report.say.improvements', language, { open, late, done, dropped })];

/**
 * What moved and what was missed, in sentences made from the numbers alone: the same content says the same in either
 * language, whenever it is read.
 */
export const summaryOf = (content: Content, language: Language): string[] => [
  targets(content, language),
  ...LEADING.flatMap((id) => missed(id, content.figures[id], language)),
  ...movers(content, language),
  beside(content, language),
  ...service(content, language),
  ...alerts(content, language),
  ...sites(content, language),
  ...collection(content, language),
  ...arrears(content, language),
  ...improvements(content, language),
];
