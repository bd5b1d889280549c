import { POLICY_FEES } from './policy-fees.ts';
import { POLICY_SERVICE } from './policy-service.ts';
import { POLICY_UNITS } from './policy-units.ts';

/** What a change of a policy would do. */
const POLICY_CHANGES = {
  'policy-change.value': { zh: '{means}：由“{from}”改为“{to}”', en: '{means}: {to} instead of {from}' },
  'policy-change.looser': {
    zh: '比集团标准（{floor}）宽，不能设定',
    en: "Looser than the group's ({floor}), which a site may not be",
  },
  'policy-change.less': {
    zh: '须小于“{means}”（{value}）',
    en: 'It has to be less than “{means}” ({value})',
  },
  'policy-change.more': {
    zh: '须大于“{means}”（{value}）',
    en: 'It has to be more than “{means}” ({value})',
  },
  'policy-change.none': {
    zh: '与届时执行的政策一致，没有变化',
    en: 'The policy would be what it is by then anyway: nothing changes',
  },
  'policy-change.open': {
    zh: '在办事项沿用受理时的政策版本，原定期限不变',
    en: 'What is open by then keeps the version it began under, and no deadline of it moves',
  },
  'policy-change.ladder': {
    zh: '催缴按当日的催缴阶梯执行：生效后，已逾期的欠费也按新阶梯催缴；可先作催缴试算，查看涉及哪些欠费',
    en: 'Dunning goes by the ladder of the day: debts that are overdue by then go on by the new one. A rehearsal of dunning says which',
  },
  'policy-change.overtakes': {
    zh: '原定于 {at} 生效的第 {version} 版不再生效',
    en: 'Version {version}, announced for {at}, no longer comes into force',
  },
  'policy-change.sites': {
    zh: '各项目政策随之更新；项目自行设定且更严的，仍按项目的执行',
    en: "Every site's policy follows; where a site's own value is stricter, that stays",
  },
};

/** Every value of a policy in words: what it means, what it is counted in, what a change of it does. */
export const POLICY_TEXTS = { ...POLICY_SERVICE, ...POLICY_FEES, ...POLICY_UNITS, ...POLICY_CHANGES };

type After<Prefix extends string, Key> = Key extends `${Prefix}.${infer Rest}` ? Rest : never;

/** Names of the values that have words; the policy declares these, no more and no fewer. */
export type PolicyName = After<'policy', keyof typeof POLICY_TEXTS>;
/** What values are counted in. */
export type PolicyUnit = After<'policy-unit', keyof typeof POLICY_TEXTS>;
