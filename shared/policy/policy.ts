import * as z from 'zod';
import { POLICY_TEXTS, type PolicyName, type PolicyUnit } from '../text/policy.ts';
import { endOfDay, type Instant, MINUTE } from '../time/clock.ts';

export { GROUP_POLICY, policyKey, type SiteFacts, siteKey } from '../directory/site-facts.ts';

/** Whether a smaller or a larger value is the stricter one: a site may tighten the group's policy, never loosen it. */
type Stricter = 'smaller' | 'larger';

const number = (standard: number, max: number, unit: PolicyUnit, stricter: Stricter = 'smaller', least = 0) => ({
  value: z.number().int().min(least).max(max).default(standard),
  unit,
  stricter,
});

/** A rung of the dunning ladder this many days after the due day is never reached: it is off. */
export const NEVER = 3650;
const rung = (standard: number) => number(standard, NEVER, 'days-after-due');

/** Each value with its bounds; what it means stands in `shared/text`, and a value without words is an error. */
const VALUES = {
  ringsInTime: number(3, 20, 'rings'),
  waitingMinutes: number(5, 60, 'minutes'),
  messageMinutes: number(15, 1440, 'minutes'),
  handOverMinutes: number(15, 1440, 'minutes'),
  acceptMinutes: number(60, 2880, 'minutes'),
  recordWithinHours: number(24, 168, 'hours'),
  judgeMinutes: number(60, 2880, 'minutes'),
  secondLookHours: number(24, 168, 'hours'),
  investigateGraceHours: number(4, 24, 'hours'),
  resolveHours: number(24, 240, 'hours'),
  decideHours: number(24, 240, 'hours'),
  signHours: number(24, 240, 'hours'),
  closeDays: number(3, 10, 'days'),
  callbackHours: number(48, 48, 'hours'),
  remindHours: number(4, 47, 'hours', 'larger'),
  callFromMinute: number(510, 1439, 'time-of-day', 'larger'),
  callUntilMinute: number(1230, 1439, 'time-of-day'),
  escalateManagerHours: number(24, 168, 'hours'),
  escalateDirectorHours: number(72, 336, 'hours'),
  digestMinute: number(480, 1439, 'time-of-day'),
  opinionHours: number(72, 336, 'hours'),
  promiseRemindMinutes: number(30, 1440, 'minutes', 'larger'),
  reopenAtRating: number(2, 4, 'of-5', 'larger'),
  satisfiedFrom: number(4, 5, 'of-5', 'larger'),
  courtesyTarget: number(100, 100, 'percent', 'larger'),
  responseTarget: number(100, 100, 'percent', 'larger'),
  callbackTarget: number(100, 100, 'percent', 'larger'),
  satisfactionTarget: number(85, 100, 'percent', 'larger'),
  majorHouseholds: number(3, 20, 'households'),
  riseFrom: number(5, 100, 'complaints'),
  atRiskHours: number(4, 12, 'hours', 'larger'),
  alertHours: number(4, 72, 'hours'),
  rankFromRatings: number(30, 1000, 'ratings', 'larger'),
  judgeFromCases: number(20, 1000, 'cases', 'larger'),
  dueDay: number(10, 28, 'day-of-month'),
  dunFriendlyDays: rung(1),
  dunReminderDays: rung(7),
  dunSecondNoticeDays: rung(15),
  dunDemandDays: rung(30),
  dunVisitDays: rung(NEVER),
  dunReviewDays: rung(60),
  dunMinute: number(540, 1439, 'time-of-day'),
  letterCostFen: number(300, 10_000, 'fen'),
  demandPayDays: number(15, 60, 'days', 'larger'),
  arrivalDays: number(7, 60, 'days'),
  paymentBackDays: number(90, 366, 'days'),
  backdateLateFen: number(10_000, 1_000_000, 'fen'),
  adjustAloneFen: number(100_000, 100_000_000, 'fen'),
  refundAloneFen: number(100_000, 100_000_000, 'fen'),
  cashDayAloneFen: number(50_000, 100_000_000, 'fen'),
  // One person sets the policy: with less than a day they would be two at once.
  signInHours: number(24, 168, 'hours', 'larger', 24),
  holdDays: number(30, 30, 'days'),
  holdRenewals: number(2, 2, 'times'),
  approveHours: number(24, 168, 'hours'),
  limitationWarnMonths: number(30, 35, 'months'),
  lateChargePerMillion: number(0, 400, 'millionths'),
  mailUnknownMinutes: number(60, 720, 'minutes'),
  mailsPerOwnerDay: number(3, 20, 'mails'),
  bounceStopPercent: number(2, 10, 'percent'),
  bounceStopFrom: number(1000, 1000, 'mails'),
  badAddressFrom: number(3, 10, 'mails'),
  newAddressDays: number(3, 30, 'days'),
  slipAmountDays: number(1, 10, 'days'),
  slipSignDays: number(3, 30, 'days'),
  deductionCutOffDay: number(25, 28, 'day-of-month'),
  unclaimedDays: number(1, 5, 'working-days'),
  closeCashDays: number(1, 5, 'working-days'),
  deductionResultDays: number(5, 30, 'days'),
  failedDeductionDays: number(3, 30, 'days'),
  invoiceDays: number(5, 30, 'days'),
  dunningTarget: number(100, 100, 'percent', 'larger'),
  reportDay: number(5, 28, 'day-of-month'),
  improveRemindDays: number(3, 30, 'days', 'larger'),
  openRequestsMost: number(10, 50, 'requests'),
  importantPerDay: number(20, 500, 'marks'),
  mailsPerHour: number(60, 1000, 'mails'),
  importsPerHour: number(60, 500, 'imports'),
  rehearsalsPerHour: number(60, 500, 'rehearsals'),
  rebuildsPerDay: number(10, 100, 'rebuilds'),
  rightsDays: number(15, 15, 'days'),
  keepSaidDays: number(1095, 3650, 'days'),
  keepCalledDays: number(365, 3650, 'days'),
  keepEvidenceDays: number(1461, 7305, 'days', 'larger'),
  keepBooksDays: number(10_958, 36_525, 'days', 'larger'),
  handlingTarget: number(100, 100, 'percent', 'larger'),
} satisfies Record<PolicyName, ReturnType<typeof number>>;

/** What a value means, in English, for whoever reads the API's document. */
const aboutOf = (name: PolicyName): string => {
  const unit = POLICY_TEXTS[`policy-unit.${VALUES[name].unit}`].en.replace('{never}', `${NEVER}`);
  return `${POLICY_TEXTS[`policy.${name}`].en} (${unit})`;
};

/**
 * A site policy: every number of the business, with its default and the source of the default in domain.md. Data,
 * versioned, with an effective date; a case keeps the version it began under.
 */
export const policySchema = z.strictObject(
  Object.fromEntries(
    Object.entries(VALUES).map(([name, { value, stricter }]) => [
      name,
      value.meta({ description: aboutOf(name as PolicyName), stricter }),
    ]),
  ) as { [K in PolicyName]: (typeof VALUES)[K]['value'] },
);
export type PolicyValues = z.output<typeof policySchema>;
export type PolicyOverrides = Partial<PolicyValues>;

export const DEFAULT_POLICY: PolicyValues = policySchema.parse({});

/** Of what names only some values, or of a version from before one was declared: the defaults of the others. */
export const withDefaults = (values: PolicyOverrides): PolicyValues => ({ ...DEFAULT_POLICY, ...values });

/** What a value is counted in, which way it is stricter, and what the law or sense allows. */
export const ruleOf = (name: PolicyName) => {
  const { value, unit, stricter } = VALUES[name];
  const { minValue, maxValue } = value.unwrap();
  return { unit, stricter, least: minValue as number, most: maxValue as number };
};

/** Names of the values in which `wanted` is looser than `floor`. */
export const looserThan = (floor: PolicyValues, wanted: PolicyOverrides): (keyof PolicyValues)[] =>
  (Object.keys(wanted) as (keyof PolicyValues)[]).filter((name) => {
    const value = wanted[name];
    if (value === undefined) return false;
    return VALUES[name].stricter === 'smaller' ? value > floor[name] : value < floor[name];
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
