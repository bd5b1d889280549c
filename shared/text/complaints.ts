/** Kinds of complaints, and refusals of the closed loop. */
export const COMPLAINTS = {
  'kind.attitude': { zh: '服务态度', en: 'attitude' },
  'kind.shirking': { zh: '推诿', en: 'shirking' },
  'kind.slowness': { zh: '办事拖延', en: 'slowness' },
  'kind.noise': { zh: '噪音', en: 'noise' },
  'kind.maintenance': { zh: '工程维修', en: 'maintenance' },
  'kind.security': { zh: '秩序安全', en: 'security' },
  'kind.cleaning': { zh: '清洁', en: 'cleaning' },
  'kind.greening': { zh: '绿化', en: 'greening' },
  'kind.parking': { zh: '停车', en: 'parking' },
  'kind.fees': { zh: '收费', en: 'fees' },
  'kind.neighbour': { zh: '邻里', en: 'neighbours' },
  'kind.other': { zh: '其他', en: 'other matters' },
  'complaint.not-now': {
    zh: '投诉当前状态为“{status}”，不能执行“{command}”（允许的状态：{allowedFrom}）',
    en: 'A complaint that is {status} does not allow {command}; it is allowed from: {allowedFrom}',
  },
  'complaint.accused': {
    zh: '被投诉人不得登记、判定、处理或回访本投诉',
    en: 'Whoever a complaint is about neither registers, decides nor calls back',
  },
  'complaint.explanation-needed': { zh: '“无效”须写明理由', en: '"Not valid" needs an explanation' },
  'complaint.second-person': { zh: '“无效”须由另一人复核', en: '"Not valid" needs a second person' },
  'complaint.upheld-needed': {
    zh: '对员工行为的投诉须写明是否属实（upheld）',
    en: 'A complaint about conduct needs a finding: upheld or not',
  },
  'complaint.upheld-not-conduct': {
    zh: '只有对员工行为的投诉才须判定是否属实',
    en: 'Only a complaint about conduct is upheld or not',
  },
  'department.other': {
    zh: '该事项由 {department} 部门负责，须由该部门负责人或其上级办理',
    en: 'Department {department} has this: its head does it, or a position above',
  },
  'department.spoken-by': {
    zh: '客服不能代部门受理；部门主任已口头受理的，请注明是谁（spokenBy），由客服代录',
    en: 'The desk does not accept for a department. Where its head accepted by word of mouth, name them (spokenBy) to record that',
  },
  'complaint.sign-department': {
    zh: '须由责任部门负责人签字',
    en: 'Only the manager of the responsible department signs',
  },
  'complaint.opinions-open': {
    zh: '还有 {open} 条意见未答复签字，不能结案',
    en: '{open#opinion|opinions} are not yet answered and signed',
  },
};
