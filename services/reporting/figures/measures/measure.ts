import type { Recorded } from '../../../../shared/domain/events.ts';
import type { Day, Instant } from '../../../../shared/time/clock.ts';
import type { AccountEvent, DunningRung, LetterEvent, SlipEvent } from '../../../billing/events.ts';
import type { CallbackEvent } from '../../../callbacks/events.ts';
import type { ComplaintEvent } from '../../../complaints/events.ts';
import type { ContactEvent } from '../../../intake/events.ts';
import { type Facts, joinFacts, type Lattice } from './facts.ts';

/** Every event that says something about a case. */
export type Seen = Recorded<ContactEvent | ComplaintEvent | CallbackEvent | AccountEvent | LetterEvent | SlipEvent>;

/** A kind of case row; each has exactly one cohort day. */
export const FAMILIES = [
  'contact',
  'handled',
  'complaint',
  'resolution',
  'rating',
  'promise',
  'step',
  'payment',
  'document',
] as const;
export type FamilyName = (typeof FAMILIES)[number];

interface Measure {
  family: FamilyName;
  about: string;
  lessIsBetter?: true;
  /** A share, not a target: nobody meets or misses it, cases count in it or are the rest. */
  share?: true;
}
/**
 * What is measured, over which cases (domain.md, "The six targets"). A target's `met` is what is wanted; a share's `met`
 * is simply its numerator.
 */
export const MEASURES = {
  Q1: { family: 'handled', about: 'Courtesy rate (礼貌待客率): contacts handled without an upheld attitude complaint' },
  Q2: { family: 'contact', about: 'Response rate (事务响应率): contacts received, both halves in time' },
  'Q2-desk': { family: 'contact', about: 'Its desk half: answered in time, and settled or handed over' },
  'Q2-department': { family: 'contact', about: 'Its department half: accepted in time' },
  Q3: {
    family: 'resolution',
    about: 'Complaint callback rate (投诉回访率): resolutions whose owner was reached in time',
  },
  Q4: { family: 'rating', about: 'Satisfaction rate (业户满意率): ratings given in callbacks that were satisfied' },
  Q5: { family: 'step', about: 'Dunning rate (管理费催缴率): dunning steps due, carried out on their day with proof' },
  'Q5-friendly': { family: 'step', about: 'Its friendly emails' },
  'Q5-reminder': { family: 'step', about: 'Its reminders with a call' },
  'Q5-second-notice': { family: 'step', about: 'Its second notices' },
  'Q5-demand': { family: 'step', about: 'Its formal demand letters' },
  'Q5-visit': { family: 'step', about: 'Its visits' },
  'Q5-review': { family: 'step', about: 'Its reviews by the director' },
  Q6: {
    family: 'document',
    about:
      'Bill handling rate (票据处理率): documents due, sent or handed over in time, and paid services done and entered in time; each once, whatever its channel',
  },
  'Q6-notice': { family: 'document', about: 'Its fee notices' },
  'Q6-second-notice': { family: 'document', about: 'Its second notices' },
  'Q6-demand': { family: 'document', about: 'Its formal demand letters' },
  'Q6-slip': { family: 'document', about: 'Its paid services (有偿服务), by the appointed day' },
  closing: {
    family: 'complaint',
    about: 'Closing rate (闭环率): complaints received, closed within the policy’s days',
  },
  'not-valid': {
    family: 'complaint',
    lessIsBetter: true,
    share: true,
    about: 'Share of complaints received that were found not valid',
  },
  attitude: {
    family: 'complaint',
    lessIsBetter: true,
    share: true,
    about: 'Complaints about attitude made (due), and those upheld (met)',
  },
  overdue: { family: 'resolution', lessIsBetter: true, share: true, about: 'Callback overdue share (回访超时率)' },
  reached: { family: 'resolution', share: true, about: 'Reached share (接通率): owners reached, in time or later' },
  rated: { family: 'rating', share: true, about: 'Share rated of those reached' },
  'agent-typed': {
    family: 'rating',
    lessIsBetter: true,
    share: true,
    about: 'Share of ratings typed by an agent rather than by the owner',
  },
  'promised-payment': {
    family: 'payment',
    about: 'Promises to pay kept (承诺缴费兑现率): of those whose last day this is, paid by its end',
  },
  promised: {
    family: 'promise',
    about: 'Promised replies kept (承诺回复兑现率), at the desk and in callbacks, by the day they fall due',
  },
} as const satisfies Record<string, Measure> & Record<`Q5-${DunningRung}`, Measure>;
export type MeasureId = keyof typeof MEASURES;
export const MEASURE_IDS = Object.keys(MEASURES) as [MeasureId, ...MeasureId[]];

/**
 * What else the rows tell of their cases: asked of a span now and then, and not counted day by day. Each stands somewhere
 * like a measure and opens into its cases like one.
 */
export const PARTS = {
  'hand-over': { family: 'contact', about: 'Of contacts answered: settled, or handed over in time' },
  proxy: {
    family: 'contact',
    share: true,
    about: 'Share of acceptances recorded for somebody who accepted by word of mouth (代录)',
  },
  'recorded-later': {
    family: 'contact',
    share: true,
    about: 'Share of acceptances recorded later than they were given (补录)',
  },
  closed: {
    family: 'complaint',
    share: true,
    about: 'Complaints closed at all, in time or later; those running are open',
  },
  investigated: { family: 'complaint', about: 'Complaints investigated by their deadline, the same day as a rule' },
  resolved: { family: 'complaint', about: 'Complaints resolved, or explained, within the policy’s hours' },
  'Q3-attempted': {
    family: 'resolution',
    about:
      'As Q3, of resolutions whose owner was reached in time, or tried in time in three parts of the day: nobody can do more',
  },
  reopened: {
    family: 'resolution',
    share: true,
    about: 'Reopen rate: of resolutions whose callback is over, those that it reopened',
  },
  opinions: { family: 'rating', about: 'Of callbacks that heard opinions: all answered and signed in time' },
} as const satisfies Record<string, Measure>;
export type PartId = keyof typeof PARTS;
/** Whatever a case can stand in. */
export type FigureId = MeasureId | PartId;
/** Whether it is a share rather than a target. */
export const isShare = (figure: string): boolean => {
  const of: Record<string, Measure> = { ...MEASURES, ...PARTS };
  return of[figure]?.share ?? false;
};
export const familyOf = (figure: FigureId): FamilyName => ({ ...MEASURES, ...PARTS })[figure].family;

export const STATES = ['met', 'missed', 'running', 'excluded'] as const;
export type State = (typeof STATES)[number];

/** Where a case stands in a measure. */
export interface CaseOutcome<M extends FigureId = MeasureId> {
  measure: M;
  day: Day;
  state: State;
  /** Why it is missed or excluded, or met in another way than it was meant, as a code. */
  why?: string;
  /** Told apart within a state, never counted instead of it. */
  flag?: 'attempted';
  /** Of a running case of a target: by when the next thing that it is judged by has to be done, where that is known. */
  due?: Instant;
}

/**
 * Facts projected of an event, about one case; `root` is the part of the id that contact, complaint and callback share, or
 * the whole id of a case of billing.
 */
export interface CaseFacts {
  family: FamilyName;
  root: string;
  /** Which of several of its root: of a resolution its number, of a dunning step its name. */
  ordinal?: number | string | undefined;
  facts: Facts;
}

export interface Family {
  join(a: Facts, b: Facts): Facts;
  outcomes(facts: Facts): CaseOutcome[];
  /** Where it stands in what isn't counted. */
  parts(facts: Facts): CaseOutcome<PartId>[];
}

/** Where a case stands, before it is said of which day. */
export type OutcomeState = Pick<CaseOutcome, 'state' | 'why' | 'flag' | 'due'>;
export const met: OutcomeState = { state: 'met' };
export const running: OutcomeState = { state: 'running' };
export const runningUntil = (due: Instant | undefined): OutcomeState =>
  due === undefined || due === Number.POSITIVE_INFINITY ? running : { ...running, due };
export const missed = (why: string, flag?: 'attempted'): OutcomeState => ({
  state: 'missed',
  why,
  ...(flag ? { flag } : {}),
});
export const excluded = (why: string): OutcomeState => ({ state: 'excluded', why });
/** A share: in its numerator or not. */
export const counts = (numerator: boolean): OutcomeState => ({ state: numerator ? 'met' : 'missed' });

/** A family: how its facts join, and where they put the case once its day is known. Pure. */
export const family = <F extends { day?: Day }>(
  lattice: Lattice<F>,
  outcomeStates: (facts: F) => OutcomeStates<MeasureId>,
  parts: (facts: F) => OutcomeStates<PartId> = () => ({}),
): Family => ({
  join: (a, b) => joinFacts(lattice, a as F, b as F) as Facts,
  outcomes: (facts) => dated(facts as F, outcomeStates),
  parts: (facts) => dated(facts as F, parts),
});

type OutcomeStates<M extends FigureId> = Partial<Record<M, OutcomeState | undefined>>;
const dated = <F extends { day?: Day }, M extends FigureId>(
  facts: F,
  outcomeStates: (facts: F) => OutcomeStates<M>,
) => {
  const { day } = facts;
  if (day === undefined) return [];
  return Object.entries<OutcomeState | undefined>(outcomeStates(facts)).flatMap(
    ([measure, outcome]): CaseOutcome<M>[] => (outcome ? [{ measure: measure as M, day, ...outcome }] : []),
  );
};

/** `con_X`, `cmp_X` and `cbk_X-1` are of one root, X: ids derive from each other. */
export const rootOf = (id: string): string => id.slice(id.indexOf('_') + 1);
/** A callback's id ends with the ordinal of the resolution it is about. */
export const callbackRoot = (id: string): { root: string; ordinal: number } => {
  const name = rootOf(id);
  const dash = name.lastIndexOf('-');
  return { root: name.slice(0, dash), ordinal: Number(name.slice(dash + 1)) };
};
