/** Words of the field that stand in mails, sheets and pages. */
export const TERMS = {
  'role.agent': { zh: '客服管理员', en: 'agent' },
  'role.supervisor': { zh: '客服主管', en: 'supervisor' },
  'role.department-head': { zh: '责任部门主任', en: 'department head' },
  'role.centre-manager': { zh: '服务中心经理', en: 'centre manager' },
  'role.site-director': { zh: '管理处主任', en: 'site director' },
  'role.quality-manager': { zh: '品质部经理', en: 'quality manager' },
  'role.group-manager': { zh: '集团经理', en: 'group manager' },
  'role.administrator': { zh: '系统管理员', en: 'administrator' },
};
