import * as z from 'zod';
import { endOfDay, type Instant, MINUTE } from '../time/clock.ts';

export { GROUP_POLICY, policyKey, type SiteFacts, siteKey } from '../directory/site-facts.ts';

/** Whether a smaller or a larger value is the stricter one: a site may tighten the group's policy, never loosen it. */
type Stricter = 'smaller' | 'larger';

const number = (
  standard: number,
  max: number,
  unit: string,
  about: string,
  stricter: Stricter = 'smaller',
  least = 0,
) =>
  z
    .number()
    .int()
    .min(least)
    .max(max)
    .default(standard)
    .meta({ description: `${about} (${unit})`, stricter });

/** A rung of the dunning ladder this many days after the due day is never reached: it is off. */
export const NEVER = 3650;
const rung = (standard: number, about: string) =>
  number(standard, NEVER, `days after the due day; ${NEVER} is never`, about);

/**
 * A site policy: every number of the business, with its default and the source of the default in domain.md. Data,
 * versioned, with an effective date; a case keeps the version it began under.
 */
export const policySchema = z.strictObject({
  ringsInTime: number(3, 20, 'rings', 'A call is answered in time within this many rings (Q2)'),
  waitingMinutes: number(
    5,
    60,
    'minutes',
    'A ringing call or somebody at the counter that nobody recorded as answered or missed is reported after',
  ),
  messageMinutes: number(15, 1440, 'minutes', 'A message, mail or web contact is answered in time within (Q2)'),
  handOverMinutes: number(15, 1440, 'minutes', 'A contact not settled at once is handed to a department within'),
  acceptMinutes: number(60, 2880, 'minutes', 'A department accepts what it is handed within (Q2)'),
  judgeMinutes: number(60, 2880, 'minutes', 'A complaint is judged valid or not within'),
  secondLookHours: number(24, 168, 'hours', 'A second person looks at "not valid" within'),
  investigateGraceHours: number(
    4,
    24,
    'hours',
    'An investigation is due at 24:00 of the day of acceptance, or this long after it if that is later',
  ),
  resolveHours: number(24, 240, 'hours', 'A complaint is resolved, or explained, within this of its acceptance'),
  decideHours: number(24, 240, 'hours', 'The centre manager decides an unresolved complaint within'),
  signHours: number(24, 240, 'hours', "A called-back complaint is signed by the department's manager within"),
  closeDays: number(3, 10, 'days', 'A complaint is resolved, called back and signed within (closing rate)'),
  callbackHours: number(
    48,
    48,
    'hours',
    'The owner is called back within this of the resolution (Q3); pure elapsed time',
  ),
  remindHours: number(4, 47, 'hours', 'A callback is reminded of this long before its call-by', 'larger'),
  callFromMinute: number(510, 1439, 'minutes since midnight', 'Owners are called from (08:30)', 'larger'),
  callUntilMinute: number(1230, 1439, 'minutes since midnight', 'Owners are called until (20:30)'),
  escalateManagerHours: number(
    24,
    168,
    'hours',
    'The centre manager hears of an overdue callback this long after its due time',
  ),
  escalateDirectorHours: number(72, 336, 'hours', 'The site director hears of it this long after its due time'),
  digestMinute: number(480, 1439, 'minutes since midnight', 'Directors get their one digest of the day at (08:00)'),
  opinionHours: number(72, 336, 'hours', 'An opinion heard in a callback is answered and signed within'),
  promiseRemindMinutes: number(
    30,
    1440,
    'minutes',
    'A promised reply is reminded of this long before its time',
    'larger',
  ),
  reopenAtRating: number(2, 4, 'of 5', 'A callback with this satisfaction or less reopens the complaint', 'larger'),
  satisfiedFrom: number(4, 5, 'of 5', 'A rating from this on counts as satisfied (Q4)', 'larger'),
  courtesyTarget: number(100, 100, 'percent', 'Target of the courtesy rate (Q1)', 'larger'),
  responseTarget: number(100, 100, 'percent', 'Target of the response rate (Q2)', 'larger'),
  callbackTarget: number(100, 100, 'percent', 'Target of the complaint callback rate (Q3)', 'larger'),
  satisfactionTarget: number(85, 100, 'percent', 'Target of the satisfaction rate (Q4)', 'larger'),
  majorHouseholds: number(
    3,
    20,
    'households',
    'So many households that complain of the same thing in a day make a major event (重大事件)',
  ),
  riseFrom: number(5, 100, 'complaints', 'A rise of complaints in a day is looked at from this many on'),
  atRiskHours: number(4, 12, 'hours', 'What is due within this is at risk, while it is not done', 'larger'),
  alertHours: number(4, 72, 'hours', 'An alert is acknowledged within'),
  rankFromRatings: number(30, 1000, 'ratings', 'Sites are ranked by satisfaction from this many ratings on', 'larger'),
  judgeFromCases: number(20, 1000, 'cases', 'Nobody is judged by a figure of fewer decided cases', 'larger'),
  dueDay: number(10, 28, 'day of the month', 'Fees fall due on this day of the first month of their period'),
  dunFriendlyDays: rung(1, 'A friendly reminder by email goes out'),
  dunReminderDays: rung(7, 'A reminder by email and a phone task'),
  dunSecondNoticeDays: rung(15, 'The second notice'),
  dunDemandDays: rung(30, 'The formal demand letter, delivered against signature'),
  dunVisitDays: rung(NEVER, 'A visit'),
  dunReviewDays: rung(60, "The director's review"),
  dunMinute: number(540, 1439, 'minutes since midnight', 'Dunning steps are decided at (09:00)'),
  letterCostFen: number(300, 10_000, 'fen', 'What a letter costs to print and deliver, for rehearsals'),
  demandPayDays: number(
    15,
    60,
    'days',
    'A second notice and a formal letter give the payer this long to pay',
    'larger',
  ),
  arrivalDays: number(7, 60, 'days', 'A formal letter that was sent has provably arrived within'),
  paymentBackDays: number(90, 366, 'days', 'A payment is entered at most this long after the day on which it came'),
  backdateLateFen: number(
    10_000,
    1_000_000,
    'fen',
    'A payment entered late takes at most this much of late charges away by one person; more waits for a second',
  ),
  adjustAloneFen: number(
    100_000,
    100_000_000,
    'fen',
    'Bills are corrected by at most this much by one person: a bill ever, and its account within 31 days; more waits for a second',
  ),
  refundAloneFen: number(
    100_000,
    100_000_000,
    'fen',
    'Of an account’s prepaid money at most this much is given back by one person, taken together; more waits for a second',
  ),
  cashDayAloneFen: number(
    50_000,
    100_000_000,
    'fen',
    'A cash day of at most this much is reopened by one person; cash short or over by more is countersigned by who decides on waivers',
  ),
  // One person sets the policy: with less than a day they would be two at once.
  signInHours: number(
    24,
    168,
    'hours',
    'Whose sign-in was changed is nobody’s second person, and asks for nothing that takes one, for so long',
    'larger',
    24,
  ),
  holdDays: number(30, 30, 'days', 'A hold on dunning ends within'),
  holdRenewals: number(2, 2, 'times', 'A hold is renewed at most'),
  approveHours: number(
    24,
    168,
    'hours',
    'A second person decides on a waiver, a hold, a correction, a refund or a payment entered late within',
  ),
  limitationWarnMonths: number(
    30,
    35,
    'months',
    'A debt nears its limitation of three years; somebody hears of it after',
  ),
  lateChargePerMillion: number(
    0,
    400,
    'millionths a day',
    'Simple late charge on overdue principal, never above it; 0 is off. The legal cap is four times the one-year LPR',
  ),
  mailUnknownMinutes: number(60, 720, 'minutes', 'A mail whose outcome is unknown becomes a task of a person after'),
  mailsPerOwnerDay: number(3, 20, 'mails', 'An owner gets at most this many mails a day; what is more goes on paper'),
  bounceStopPercent: number(2, 10, 'percent', 'A run stops sending at this share of hard bounces'),
  bounceStopFrom: number(1000, 1000, 'mails', 'A run looks at its bounces from this many mails on'),
  badAddressFrom: number(
    3,
    10,
    'mails',
    'So many mails in a row that came back for now make an address one that an agent asks to replace',
  ),
  newAddressDays: number(3, 30, 'days', 'An agent asks for a new address when one bounces, within'),
  slipAmountDays: number(
    1,
    10,
    'days',
    "A paid service's amount is entered by 24:00 of this many days after completion",
  ),
  slipSignDays: number(3, 30, 'days', "A paid service's slip is signed within"),
  deductionCutOffDay: number(25, 28, 'day of the month', 'Slips go to the deduction batch by'),
  unclaimedDays: number(1, 5, 'days', 'Whose money a statement tells of is found out within so many working days'),
  closeCashDays: number(1, 5, 'days', 'A cash day is closed by channel within so many working days after it'),
  deductionResultDays: number(5, 30, 'days', "The bank's answer to a deduction batch is read within"),
  failedDeductionDays: number(3, 30, 'days', 'Failed deductions are taken up with their payers within'),
  invoiceDays: number(
    5,
    30,
    'days',
    'An invoice that was asked for is issued, or one of a void payment flushed, within',
  ),
  dunningTarget: number(100, 100, 'percent', 'Target of the dunning rate (Q5)', 'larger'),
  reportDay: number(
    5,
    28,
    'day of the month',
    'The report of the month before (in January also of the year) is issued on',
  ),
  improveRemindDays: number(3, 30, 'days', 'An improvement is reminded of this long before its day ends', 'larger'),
  openRequestsMost: number(10, 50, 'requests', 'At most this many requests of one account wait for a second person'),
  importantPerDay: number(20, 500, 'marks', 'One person marks at most this many complaints important a day, at a site'),
  mailsPerHour: number(
    60,
    1000,
    'mails',
    'One person causes at most this many mails to owners an hour, at a site; a bill run is one, however many it mails',
  ),
  importsPerHour: number(60, 500, 'imports', 'One person imports at most this many files an hour, at a site'),
  rehearsalsPerHour: number(
    60,
    500,
    'rehearsals',
    'One person rehearses dunning at most this often an hour, at a site',
  ),
  rebuildsPerDay: number(10, 100, 'rebuilds', 'One person starts at most this many rebuilds of the figures a day'),
  rightsDays: number(15, 15, 'days', 'What a person asks of what is kept of them is done, or refused, within'),
  keepSaidDays: number(1095, 3650, 'days', 'What owners said and wrote, and what they were answered, is kept for'),
  keepCalledDays: number(365, 3650, 'days', 'Numbers that were called, and who spoke, are kept for'),
  keepEvidenceDays: number(
    1461,
    7305,
    'days',
    'Proof that a demand arrived is kept for (Civil Code art. 188)',
    'larger',
  ),
  keepBooksDays: number(10_958, 36_525, 'days', 'What belongs to the books is kept for (30 years by law)', 'larger'),
  handlingTarget: number(100, 100, 'percent', 'Target of the bill handling rate (Q6)', 'larger'),
});
export type PolicyValues = z.output<typeof policySchema>;
export type PolicyOverrides = Partial<PolicyValues>;

export const DEFAULT_POLICY: PolicyValues = policySchema.parse({});

const stricterOf = (name: keyof PolicyValues): Stricter =>
  (policySchema.shape[name].meta()?.stricter as Stricter | undefined) ?? 'smaller';

/** Names of the values in which `wanted` is looser than `floor`. */
export const looserThan = (floor: PolicyValues, wanted: PolicyOverrides): (keyof PolicyValues)[] =>
  (Object.keys(wanted) as (keyof PolicyValues)[]).filter((name) => {
    const value = wanted[name];
    if (value === undefined) return false;
    return stricterOf(name) === 'smaller' ? value > floor[name] : value < floor[name];
  });

/** A version as the registry publishes it: immutable, its values complete. */
export interface PolicyVersion {
  version: number;
  effective: Instant;
  values: PolicyValues;
}

/** Versions in effect one after the other, oldest first: each until the next one is. */
export type Timeline = readonly [PolicyVersion, ...PolicyVersion[]];

/** Of versions, newest first, those in effect since an instant: the newest that has begun wins; the defaults before any. */
export const timelineOf = (versions: readonly PolicyVersion[], instant: Instant): Timeline => {
  const newer: PolicyVersion[] = [];
  for (const version of versions) {
    const overtaken = newer.some(({ effective }) => effective <= version.effective);
    if (overtaken) continue;
    if (version.effective <= instant) return [version, ...newer];
    newer.unshift(version);
  }
  return [{ version: 0, effective: 0, values: DEFAULT_POLICY }, ...newer];
};

/** Due at 24:00 of the local day `at` falls on, or `graceHours` later than `at` when that is later. */
export const sameDay = (at: Instant, zone: string, graceHours: number): Instant =>
  Math.max(endOfDay(at, zone), at + graceHours * 60 * MINUTE);
