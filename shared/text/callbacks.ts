/** Refusals of callbacks. */
export const CALLBACKS = {
  'callback.not-now': {
    zh: '回访当前状态为“{status}”，不能执行“{command}”（允许的状态：{allowedFrom}）',
    en: 'A callback that is {status} does not allow {command}; it is allowed from: {allowedFrom}',
  },
  'callback.own-work': {
    zh: '不得回访自己处理的事项，请由其他客服回访',
    en: 'Nobody calls back about their own work; another agent has to',
  },
  'callback.public': {
    zh: '匿名且无联系方式：应公开答复，而不是回访',
    en: 'There is no way to reach them: publish the answer instead',
  },
  'callback.not-public': {
    zh: '可以联系到业主，应回访而不是公开答复',
    en: 'The owner can be reached: call back instead of publishing',
  },
  'callback.untried': {
    zh: '尚未联系过业主，不能免回访',
    en: 'Nobody has tried to reach the owner yet; it cannot be waived',
  },
  'callback.not-reached': {
    zh: '未接通（{outcome}）不能记录评分、意见或约定',
    en: 'An owner who was not reached ({outcome}) gave no rating, opinion or promise',
  },
  'callback.other-department': { zh: '须由责任部门答复签字', en: 'Only the responsible department answers and signs' },
  'callback.unanswered': { zh: '请先答复，再签字', en: 'Answer it before it is signed' },
  'callback.signed': { zh: '已签字，不能再改答复', en: 'It is signed; its answer stands' },
  'callback.promised-by-another': {
    zh: '约定由承诺人或其上级兑现',
    en: 'A promise is kept by who made it, or somebody above',
  },
  'callback.nothing-promised': { zh: '没有未兑现的约定', en: 'Nothing promised is open' },
};
