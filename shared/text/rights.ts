/** What people may ask of what is kept of them. */
export const RIGHTS = {
  'erasure.not-now': {
    zh: '删除请求当前状态为“{status}”，不能执行“{command}”（允许的状态：{allowedFrom}）',
    en: 'An erasure that is {status} does not allow {command}; it is allowed from: {allowedFrom}',
  },
  'erasure.second-person': {
    zh: '须由提出人以外的另一人确认删除',
    en: 'Somebody other than who asked for it has to confirm an erasure',
  },
  'party.restricted': { zh: '该业户的个人信息已限制处理', en: 'What is kept of this party is restricted already' },
  'party.not-restricted': { zh: '该业户的个人信息未限制处理', en: 'What is kept of this party is not restricted' },
  'party.erased': {
    zh: '该业户的个人信息已应其要求删除',
    en: 'What was kept of this party was erased at their request',
  },
  'kept.what': { zh: '类别', en: 'Kind' },
  'kept.id': { zh: '编号', en: 'Id' },
  'kept.at': { zh: '时间', en: 'Time' },
  'kept.event': { zh: '事件', en: 'What happened' },
  'kept.field': { zh: '项目', en: 'Field' },
  'kept.value': { zh: '内容', en: 'Content' },
  'duty.erasure.erase': {
    zh: '办理业户的个人信息删除请求',
    en: "decide on a person's request to be erased, and see it done",
  },
};
