/** Alerts (预警) and what is at risk, as people read them. */
export const ALERTS = {
  'alert.not-now': {
    zh: '预警当前状态为“{status}”，不能执行“{command}”（允许的状态：{allowedFrom}）',
    en: 'An alert that is {status} does not allow {command}; it is allowed from: {allowedFrom}',
  },
  'alert.not-yours': {
    zh: '须由“{post}”或其上级确认此预警',
    en: 'Only the {post}, or somebody above, acknowledges this alert',
  },
  'notice.major': { zh: '【{site}】重大事件：{duty}（{case}）', en: '[{site}] Major event: {duty} ({case})' },
  'notice.alert': { zh: '【{site}】预警：{duty}（{case}）', en: '[{site}] Alert: {duty} ({case})' },
  'notice.do.major': {
    zh: '请立即查看所列投诉，组织处置，并确认此预警。',
    en: 'Please look at the complaints it lists now, step in, and acknowledge it.',
  },
  'notice.do.alert': {
    zh: '请查看其下各事项，采取措施，并确认此预警。',
    en: 'Please look at the cases it lists, act on them, and acknowledge it.',
  },
  'digest.major': { zh: '重大事件', en: 'Major events' },
  'digest.alert': { zh: '预警', en: 'Alerts' },
  'duty.alert.acknowledge': { zh: '查看并确认预警', en: 'look at the alert and acknowledge it' },
  'duty.alert.major': {
    zh: '多户业主当日反映同一问题（{what}）',
    en: 'several households complain of the same in a day ({what})',
  },
  'duty.alert.rise': { zh: '投诉异常增多（{what}）', en: 'an unusual rise of complaints ({what})' },
  'duty.alert.at-risk': { zh: '{what}可能达不到目标', en: '{what} is about to miss its target' },
  'alert-rule.major': { zh: '重大事件', en: 'major event' },
  'alert-rule.rise': { zh: '投诉异常增多', en: 'unusual rise of complaints' },
  'alert-rule.at-risk': { zh: '指标临期', en: 'figure at risk' },
  'risk.falls': {
    zh: '若其中 {n} 项均未完成，{day} 的{measure}将由 {now} 降至 {then}，低于目标 {target}%',
    en: 'if none of these {n} is done, {measure} of {day} falls from {now} to {then}, under its target of {target}%',
  },
  'risk.holds': {
    zh: '若其中 {n} 项均未完成，{day} 的{measure}将由 {now} 变为 {then}，仍达到目标 {target}%',
    en: 'if none of these {n} is done, {measure} of {day} goes from {now} to {then}, still on its target of {target}%',
  },
  'risk.already': {
    zh: '{day} 的{measure}已低于目标 {target}%；若其中 {n} 项均未完成，将由 {now} 降至 {then}',
    en: '{measure} of {day} misses its target of {target}% already; if none of these {n} is done it falls from {now} to {then}',
  },
  'risk.untargeted': {
    zh: '若其中 {n} 项均未完成，{day} 的{measure}将由 {now} 降至 {then}',
    en: 'if none of these {n} is done, {measure} of {day} falls from {now} to {then}',
  },
  'risk.undecided': { zh: '（尚无定论）', en: '(nothing decided yet)' },
};
