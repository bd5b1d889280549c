/** What the values of a policy mean that are about contacts, complaints, callbacks, targets and what is watched. */
export const POLICY_SERVICE = {
  'policy.ringsInTime': {
    zh: '来电在几声铃响内接听算及时（Q2）',
    en: 'A call is answered in time within this many rings (Q2)',
  },
  'policy.waitingMinutes': {
    zh: '来电振铃或来访到台后，多久没有登记已接待或未接，即予提醒',
    en: 'A ringing call or somebody at the counter that nobody recorded as answered or missed is reported after',
  },
  'policy.messageMinutes': {
    zh: '留言、邮件、网上来件的及时答复时限（Q2）',
    en: 'A message, mail or web contact is answered in time within (Q2)',
  },
  'policy.handOverMinutes': {
    zh: '不能当场办结的接待事项，转交责任部门的时限',
    en: 'A contact not settled at once is handed to a department within',
  },
  'policy.acceptMinutes': {
    zh: '责任部门接单时限（Q2）',
    en: 'A department accepts what it is handed within (Q2)',
  },
  'policy.recordWithinHours': {
    zh: '先办理、后录入的（补录），最迟在实际办理后多久内录入',
    en: 'What is recorded later than it happened is recorded within this of when it happened',
  },
  'policy.judgeMinutes': { zh: '判定投诉是否有效的时限', en: 'A complaint is judged valid or not within' },
  'policy.secondLookHours': {
    zh: '“无效”判定由另一人复核的时限',
    en: 'A second person looks at "not valid" within',
  },
  'policy.investigateGraceHours': {
    zh: '投诉调查须在接单当日 24:00 前完成；接单较晚的，至少留足的时间',
    en: 'An investigation is due at 24:00 of the day of acceptance, or this long after it if that is later',
  },
  'policy.resolveHours': {
    zh: '投诉自接单起处理完毕或向业户说明情况的时限',
    en: 'A complaint is resolved, or explained, within this of its acceptance',
  },
  'policy.decideHours': {
    zh: '未能解决的投诉，服务中心经理作出决定的时限',
    en: 'The centre manager decides an unresolved complaint within',
  },
  'policy.signHours': {
    zh: '投诉回访后，责任部门主任签字的时限',
    en: "A called-back complaint is signed by the department's manager within",
  },
  'policy.closeDays': {
    zh: '投诉处理、回访并签字的闭环时限（闭环率）',
    en: 'A complaint is resolved, called back and signed within (closing rate)',
  },
  'policy.callbackHours': {
    zh: '投诉处理完毕后回访业户的时限（Q3），按自然小时连续计算',
    en: 'The owner is called back within this of the resolution (Q3); pure elapsed time',
  },
  'policy.remindHours': {
    zh: '回访在最晚可拨打时刻前提前多久提醒',
    en: 'A callback is reminded of this long before its call-by',
  },
  'policy.callFromMinute': { zh: '每日可致电业户的最早时刻（08:30）', en: 'Owners are called from (08:30)' },
  'policy.callUntilMinute': { zh: '每日可致电业户的最晚时刻（20:30）', en: 'Owners are called until (20:30)' },
  'policy.escalateManagerHours': {
    zh: '回访逾期多久后上报服务中心经理',
    en: 'The centre manager hears of an overdue callback this long after its due time',
  },
  'policy.escalateDirectorHours': {
    zh: '回访逾期多久后上报管理处主任',
    en: 'The site director hears of it this long after its due time',
  },
  'policy.digestMinute': {
    zh: '每日向管理处主任发送当日汇总的时刻（08:00）',
    en: 'Directors get their one digest of the day at (08:00)',
  },
  'policy.opinionHours': {
    zh: '回访中收集的意见，答复并签字的时限',
    en: 'An opinion heard in a callback is answered and signed within',
  },
  'policy.promiseRemindMinutes': {
    zh: '已承诺的答复，在承诺时间前提前多久提醒',
    en: 'A promised reply is reminded of this long before its time',
  },
  'policy.reopenAtRating': {
    zh: '回访满意度为几分及以下的，投诉重新处理',
    en: 'A callback with this satisfaction or less reopens the complaint',
  },
  'policy.satisfiedFrom': {
    zh: '评分为几分及以上计为满意（Q4）',
    en: 'A rating from this on counts as satisfied (Q4)',
  },
  'policy.courtesyTarget': { zh: '礼貌待客率目标（Q1）', en: 'Target of the courtesy rate (Q1)' },
  'policy.responseTarget': { zh: '事务响应率目标（Q2）', en: 'Target of the response rate (Q2)' },
  'policy.callbackTarget': { zh: '投诉回访率目标（Q3）', en: 'Target of the complaint callback rate (Q3)' },
  'policy.satisfactionTarget': { zh: '业户满意率目标（Q4）', en: 'Target of the satisfaction rate (Q4)' },
  'policy.dunningTarget': { zh: '管理费催缴率目标（Q5）', en: 'Target of the dunning rate (Q5)' },
  'policy.handlingTarget': { zh: '票据处理率目标（Q6）', en: 'Target of the bill handling rate (Q6)' },
  'policy.majorHouseholds': {
    zh: '当日有多少户就同一问题投诉，即列为重大事件',
    en: 'So many households that complain of the same thing in a day make a major event (重大事件)',
  },
  'policy.riseFrom': {
    zh: '当日投诉达到多少件起，才判断投诉是否突增',
    en: 'A rise of complaints in a day is looked at from this many on',
  },
  'policy.atRiskHours': {
    zh: '距到期不足多久仍未完成的，列为即将到期',
    en: 'What is due within this is at risk, while it is not done',
  },
  'policy.alertHours': { zh: '预警确认时限', en: 'An alert is acknowledged within' },
  'policy.rankFromRatings': {
    zh: '评价达到多少份起，项目才参加满意率排名',
    en: 'Sites are ranked by satisfaction from this many ratings on',
  },
  'policy.judgeFromCases': {
    zh: '已有结果的事项少于多少件的，暂不考核个人',
    en: 'Nobody is judged by a figure of fewer decided cases',
  },
  'policy.reportDay': {
    zh: '每月出具上月服务质量月报的日期（1 月同时出具上年年报）',
    en: 'The report of the month before (in January also of the year) is issued on',
  },
  'policy.improveRemindDays': {
    zh: '整改措施在期限届满前提前多久提醒',
    en: 'An improvement is reminded of this long before its day ends',
  },
  'policy.importantPerDay': {
    zh: '每人每日在一个项目最多可将多少件投诉标为重大',
    en: 'One person marks at most this many complaints important a day, at a site',
  },
  'policy.importsPerHour': {
    zh: '每人每小时在一个项目最多导入文件的次数',
    en: 'One person imports at most this many files an hour, at a site',
  },
  'policy.rebuildsPerDay': {
    zh: '每人每日最多发起指标重算的次数',
    en: 'One person starts at most this many rebuilds of the figures a day',
  },
  'policy.rightsDays': {
    zh: '个人提出的个人信息请求（查阅、更正、删除等），办结或答复不予办理的时限',
    en: 'What a person asks of what is kept of them is done, or refused, within',
  },
  'policy.keepSaidDays': {
    zh: '业户来话、来件及答复内容的保存期限',
    en: 'What owners said and wrote, and what they were answered, is kept for',
  },
  'policy.keepCalledDays': {
    zh: '所拨号码和通话对象的保存期限',
    en: 'Numbers that were called, and who spoke, are kept for',
  },
  'policy.signInHours': {
    zh: '登录账号更换后，多久内不得担任复核人或审批人，也不得提交须由第二人审批的申请',
    en: 'Whose sign-in was changed is nobody’s second person, and asks for nothing that takes one, for so long',
  },
};
