/** Refusals of reporting. */
export const REPORTING = {
  'month.not-over': { zh: '{month} 尚未结束，不能结账', en: '{month} is not over yet; it cannot be closed' },
  'month.before-site': {
    zh: '{month} 早于本项目的首月 {first}，不能结账',
    en: '{month} is before the site’s first month, {first}; it cannot be closed',
  },
  'month.running': {
    zh: '本月仍有未定论的事项，不能结账：{cases}',
    en: 'Some cases of the month are not decided yet, so it cannot be closed: {cases}',
  },
  'month.closed-before': { zh: '该月已结账', en: 'The month is closed already' },
  'report.not-over': {
    zh: '{period} 尚未结束，不能出具报告',
    en: '{period} is not over yet; no report can be issued of it',
  },
  'report.before-opening': {
    zh: '{period} 在项目启用之前，没有可报告的内容',
    en: '{period} was before the site was opened; there is nothing to report',
  },
  'report.link-ended': {
    zh: '该链接已失效。请登录系统查看报告，或联系客服中心。',
    en: 'This link has ended. Sign in to read the report, or ask the desk.',
  },
  'report.too-many': {
    zh: '该期报告已出具 {most} 版',
    en: 'The report of the period was issued {most#time|times} before',
  },
  'improvement.not-yours': {
    zh: '只有承办岗位、服务中心经理、管理处主任和品质部经理可以登记此改进措施',
    en: 'Only the position that owes the improvement and those who plan improvements may record it',
  },
  'improvement.ended': {
    zh: '改进措施当前状态为“{status}”，不能执行此操作',
    en: 'The improvement is {status}; this can only be done while it is: {allowedFrom}',
  },
};
