import { localDay } from '../../shared/time/clock.ts';
import { accountByHand, letterByHand, slipByHand } from './by-hand-billing.ts';
import type { State } from './by-hand-state.ts';
import type { Case } from './tables.ts';

export type Count = Record<State, number>;
/** By site, measure and site-local day. */
export type Counts = Record<string, Count>;

// biome-ignore lint/suspicious/noExplicitAny: a journal is read here as it lies there
type Entry = { name: string; at: number; data: any };
const of = (journal: Entry[] | undefined, name: string): Entry | undefined => journal?.find((one) => one.name === name);
/** When it happened: when it was recorded, unless that says so. */
const when = <E extends Entry | undefined>(event: E): E extends Entry ? number : number | undefined =>
  event?.data.happenedAt ?? event?.at;
const missedDuty = (journal: Entry[] | undefined, type: string, duty: string) =>
  journal?.some(({ name, data }) => name === `${type}.missed` && data.duty === duty) ?? false;

/** What each journal of billing counts as. */
const BILLING: Record<string, typeof accountByHand> = {
  account: accountByHand,
  letter: letterByHand,
  slip: slipByHand,
};

/** What a site's policy allows, as the registry's journal names it: a case keeps the version it began under. */
export interface Allowed {
  handOverMinutes: number;
  acceptMinutes: number;
  callbackHours: number;
}
type AllowedBy = (site: string, version: number | undefined) => Allowed;
const STANDARD: Allowed = { handOverMinutes: 15, acceptMinutes: 60, callbackHours: 48 };

export const countByHand = (
  cases: readonly Case[],
  zones: Record<string, string>,
  allowedBy: AllowedBy = () => STANDARD,
): Counts => {
  const counts: Counts = {};
  const journals = new Map(cases.map(({ id, events }) => [id, events as Entry[]]));
  const complaints = cases.filter(({ type }) => type.type === 'complaint');
  /** Kinds of conduct upheld against a contact; what is attributed to none counts against the one it was told in. */
  const upheld = (contact: string) =>
    complaints.flatMap(({ events }) =>
      (events as Entry[]).flatMap(({ name, data }) =>
        name === 'complaint.upheld' && (data.contact ?? data.through) === contact ? [data.kind as string] : [],
      ),
    );
  const addOn = (site: string, measure: string, day: string, state: State) => {
    const cell = `${site} ${measure} ${day}`;
    counts[cell] ??= { met: 0, missed: 0, running: 0, excluded: 0 };
    counts[cell][state] += 1;
  };
  const add = (site: string, measure: string, at: number, state: State) =>
    addOn(site, measure, localDay(at, zones[site] ?? 'UTC'), state);

  for (const { id, site, type, events } of cases) {
    const journal = events as Entry[];
    for (const one of BILLING[type.type]?.(journal, zones[site] ?? 'UTC') ?? []) addOn(site, ...one);
    for (const { by, state } of promises(journal, type.type)) add(site, 'promised', by, state);
    if (type.type === 'contact') {
      const answered = of(journal, 'contact.answered');
      if (answered) add(site, 'Q1', answered.data.answeredAt, upheld(id).includes('attitude') ? 'missed' : 'met');
      const received = of(journal, 'contact.received')?.data.receivedAt;
      const slow = upheld(id).some((kind) => kind === 'slowness' || kind === 'shirking');
      const complaint = journals.get(id.replace('con_', 'cmp_'));
      const allowed = (one: Entry[] | undefined) => allowedBy(site, one?.[0]?.data.policy);
      const halves = [
        desk(journal, allowed(journal)),
        department(journal, complaint, allowed(journal), allowed(complaint)),
      ];
      const state = halves.find((half) => half === 'missed') ?? halves.find((half) => half === 'running') ?? 'met';
      add(site, 'Q2', received, slow ? 'missed' : state);
    }
    if (type.type === 'complaint') {
      for (const resolved of journal.filter(({ name }) => name === 'complaint.resolved')) {
        const callback = journals.get(`${id.replace('cmp_', 'cbk_')}-${resolved.data.ordinal}`);
        add(site, 'Q3', resolved.at, calledBack(callback, allowedBy(site, resolved.data.policy)));
      }
    }
    if (type.type === 'callback') {
      const reached = of(journal, 'callback.reached');
      const rating: number | undefined = reached?.data.rating;
      if (reached && rating !== undefined) add(site, 'Q4', reached.at, rating >= 4 ? 'met' : 'missed');
    }
  }
  return counts;
};

/** Each promised reply, by when it was promised: given by then, with a record, or not. */
const promises = (journal: Entry[], type: string): { by: number; state: State }[] =>
  journal.flatMap(({ name, data }, i): { by: number; state: State }[] => {
    const by: number | undefined = name === 'contact.promised' ? data.replyBy : data.nextPromise;
    if (by === undefined) return [];
    const rest = journal.slice(i + 1);
    const next = rest.findIndex((one) => one.name === 'contact.promised');
    const until = next < 0 ? rest : rest.slice(0, next);
    const given = of(until, `${type}.replied`);
    if (given) return [{ by, state: when(given) <= by ? 'met' : 'missed' }];
    return [{ by, state: missedDuty(until, type, 'reply') ? 'missed' : 'running' }];
  });

/** Answered in time, and settled or handed over within 15 minutes, or what the site allows. */
const desk = (journal: Entry[], { handOverMinutes }: Allowed): State => {
  const answered = of(journal, 'contact.answered');
  if (of(journal, 'contact.not-answered') || answered?.data.inTime === false) return 'missed';
  // Whoever was recorded late may have been answered in time: a visitor always, what is written by when somebody says it was.
  if ((!answered && missedDuty(journal, 'contact', 'answer')) || missedDuty(journal, 'contact', 'hand-over'))
    return 'missed';
  const done = of(journal, 'contact.settled') ?? of(journal, 'contact.routed');
  if (!answered || !done) return 'running';
  return done.at - answered.data.answeredAt > handOverMinutes * 60_000 ? 'missed' : 'met';
};

/** What was handed to a department is accepted by it within the hour, or what the site allowed as contact and complaint began. */
const department = (
  journal: Entry[],
  complaint: Entry[] | undefined,
  ofContact: Allowed,
  ofComplaint: Allowed,
): State | undefined => {
  const routed = of(journal, 'contact.routed');
  if (!routed) return undefined;
  if (routed.data.as !== 'complaint')
    return within(
      routed.at,
      when(of(journal, 'contact.accepted')),
      missedDuty(journal, 'contact', 'accept'),
      ofContact,
    );
  if (of(complaint, 'complaint.found-not-valid')) return 'met';
  let since: number | undefined;
  let missed = false;
  for (const event of complaint ?? []) {
    const { name, at, data } = event;
    if (name === 'complaint.missed' && data.duty === 'accept') missed = true;
    if (name === 'complaint.accepted') return within(since ?? at, when(event), missed, ofComplaint);
    if (name !== 'complaint.assigned') continue;
    if (missed || (since !== undefined && at - since > ofComplaint.acceptMinutes * 60_000)) return 'missed';
    since = at;
  }
  return missed ? 'missed' : 'running';
};

const within = (since: number, accepted: number | undefined, missed: boolean, { acceptMinutes }: Allowed): State =>
  accepted === undefined
    ? missed
      ? 'missed'
      : 'running'
    : accepted - since > acceptMinutes * 60_000
      ? 'missed'
      : 'met';

/** Reached, with a record, within 48 hours of the resolution, or what the site allows. */
const calledBack = (journal: Entry[] | undefined, { callbackHours }: Allowed): State => {
  const opened = of(journal, 'callback.opened');
  if (!opened) return 'running';
  if (opened.data.public) return 'excluded';
  const ended = of(journal, 'callback.reached') ?? of(journal, 'callback.waived');
  const late = ended !== undefined && ended.at - opened.data.resolvedAt > callbackHours * 3_600_000;
  if (late || missedDuty(journal, 'callback', 'call')) return 'missed';
  if (ended === undefined) return 'running';
  return ended.name === 'callback.reached' ? 'met' : 'excluded';
};
