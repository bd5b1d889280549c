/** Refusals of the front desk. */
export const INTAKE = {
  'contact.not-now': {
    zh: '来访登记当前状态为“{status}”，不能执行“{command}”（允许的状态：{allowedFrom}）',
    en: 'A contact that is {status} does not allow {command}; it is allowed from: {allowedFrom}',
  },
  'contact.accused': {
    zh: '被投诉人不得登记或转办对自己的投诉，请由其他客服人员办理',
    en: 'Whoever a complaint is about may not register it; somebody else of the desk does',
  },
  'contact.through-complaint': {
    zh: '该事项已转为投诉，由责任部门在投诉中受理',
    en: 'It became a complaint; the department accepts it there',
  },
  'contact.promised-already': {
    zh: '已有一项承诺的答复尚未兑现',
    en: 'A reply is already promised and still owed',
  },
  'contact.nothing-promised': { zh: '没有待兑现的答复承诺', en: 'No reply is promised' },
  'contact.promised-by-another': {
    zh: '承诺的答复须由承诺人本人或主管兑现',
    en: 'A promised reply is given by whoever promised it, or by a supervisor',
  },
};
