import { addDays, type Day, localDay, startOfDay } from '../../shared/time/clock.ts';
import type { State } from './by-hand-state.ts';

/**
 * Q5 and Q6 counted from billing's journals as one would by hand, from the words of the field alone: nothing of how the
 * system counts them is used here.
 */
// biome-ignore lint/suspicious/noExplicitAny: a journal is read here as it lies there
type Entry = { name: string; at: number; data: any };
/** A case: its measure, the site-local day on which it fell due, and how it stands. */
export type CountedCase = readonly [measure: string, day: Day, state: State];

const end = (day: Day, zone: string): number => startOfDay(addDays(day, 1), zone);
const all = (journal: readonly Entry[], ...names: string[]) => journal.filter(({ name }) => names.includes(name));

/** Every step that fell due, by its own name. */
const stepsByHand = (journal: readonly Entry[], zone: string): CountedCase[] => {
  const nameOf = ({ dueDay, rung, on }: Entry['data']) => `${dueDay}/${rung}/${on}`;
  const told = all(journal, 'account.step-due', 'account.step-held', 'account.step-superseded');
  return [...new Set(told.map(({ data }) => nameOf(data)))].flatMap((step) => {
    const of = told.filter(({ data }) => nameOf(data) === step);
    const { on, rung } = of[0]?.data ?? {};
    const state = (): State => {
      if (of.every(({ name }) => name === 'account.step-held')) return 'excluded';
      if (of.some(({ name }) => name === 'account.step-superseded')) return 'missed';
      const done = all(journal, 'account.step-done').find(({ data }) =>
        [data, ...(data.also ?? [])].some((one) => nameOf(one) === step),
      );
      const held = all(journal, 'account.held').find(({ data }) =>
        (data.steps ?? []).some((one: Entry['data']) => nameOf(one) === step),
      );
      if (held) return held.at <= end(on, zone) ? 'excluded' : 'missed';
      if (done) return done.data.doneAt <= end(on, zone) ? 'met' : 'missed';
      const late = all(journal, 'account.missed').some(({ data }) => data.duty === 'step' && data.of === step);
      return late ? 'missed' : 'running';
    };
    return ['Q5', `Q5-${rung}`].map((measure): CountedCase => [measure, on, state()]);
  });
};

/** Every promise to pay, on its last day. */
const paymentsByHand = (journal: readonly Entry[], zone: string): CountedCase[] =>
  all(journal, 'account.held').flatMap(({ at: given, data: { hold, kind, until } }): CountedCase[] => {
    if (kind !== 'promise') return [];
    const runsOn = ({ data }: Entry) => data.resumed?.some((one: Entry['data']) => one.hold === hold);
    const last = journal.findLast(
      (one) =>
        (one.name === 'account.released' && one.data.hold === hold) || (one.name === 'account.reversed' && runsOn(one)),
    );
    const over = last?.name === 'account.released' ? last : undefined;
    const next = all(journal, 'account.held').find(({ data }) => data.renews === hold);
    const state = (): State => {
      if (next) return next.at <= end(until, zone) ? 'excluded' : 'missed';
      if (!over) return 'running';
      if (over.data.why === 'kept') {
        if (over.at === given) return 'excluded';
        const bounced = all(journal, 'account.reversed').some(({ data }) => data.unkept?.includes(hold));
        return !bounced && over.at <= end(until, zone) ? 'met' : 'missed';
      }
      if (over.data.why === 'broken') return over.data.beside ? 'excluded' : 'missed';
      return over.at <= end(until, zone) ? 'excluded' : 'missed';
    };
    return [['promised-payment', until, state()]];
  });

/** What an account counts as. */
export const accountByHand = (journal: readonly Entry[], zone: string): CountedCase[] => [
  ...stepsByHand(journal, zone),
  ...paymentsByHand(journal, zone),
];

const KINDS = [
  ['demand', 'Q6-demand'],
  ['second-notice', 'Q6-second-notice'],
  ['fee-notice', 'Q6-notice'],
];

/** A letter, as the highest of what it came to be. */
export const letterByHand = (journal: readonly Entry[], zone: string): CountedCase[] => {
  const opened = all(journal, 'letter.opened')[0];
  const kinds = journal.map(({ data }) => data.kind);
  const [, measure] = KINDS.find(([kind]) => kinds.includes(kind)) ?? [];
  if (!opened || measure === undefined) return [];
  const { day } = opened.data;
  const delivered = all(journal, 'letter.delivered').length > 0;
  const bounced = all(journal, 'letter.bounced').find(({ data }) => data.hard || !delivered);
  const byHand = all(journal, 'letter.handed-over', 'letter.attempted').map(({ at }) => at);
  const mailed = bounced ? [] : all(journal, 'letter.sent').map(({ data }) => data.acceptedAt);
  const moved = all(journal, 'letter.moved-to-paper').some(({ data }) => data.why === 'bounced');
  const by = end(bounced && moved ? localDay(bounced.data.bouncedAt, zone) : day, zone);
  const out = Math.min(...byHand, ...mailed);
  const late = all(journal, 'letter.missed').some(({ data }) => data.duty === 'deliver' && data.due >= by);
  const withdrawn = all(journal, 'letter.withdrawn').some(({ at }) => at <= by);
  const open = withdrawn ? 'excluded' : late ? 'missed' : 'running';
  const state: State = out <= by ? 'met' : Number.isFinite(out) ? 'missed' : open;
  return ['Q6', measure].map((one): CountedCase => [one, day, state]);
};

/** A paid service, from its appointed day. */
export const slipByHand = (journal: readonly Entry[], zone: string): CountedCase[] => {
  const opened = all(journal, 'slip.opened')[0];
  if (!opened) return [];
  const day = opened.data.appointedDay;
  const missed = (duty: string) => all(journal, 'slip.missed').some(({ data }) => data.duty === duty);
  const [done] = all(journal, 'slip.done');
  const [off] = all(journal, 'slip.cancelled');
  const [entered] = all(journal, 'slip.amount-entered');
  const state = (): State => {
    const ended = done ?? off;
    if (ended ? ended.at > end(day, zone) : missed('work')) return 'missed';
    if (off) return 'excluded';
    if (entered) return entered.at <= entered.data.amountDue ? 'met' : 'missed';
    return missed('amount') ? 'missed' : 'running';
  };
  return ['Q6', 'Q6-slip'].map((measure): CountedCase => [measure, day, state()]);
};
