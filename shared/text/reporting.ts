/** Refusals of reporting. */
export const REPORTING = {
  'month.not-over': { zh: '{month} 尚未结束，不能结账', en: '{month} is not over yet; it cannot be closed' },
  'month.running': {
    zh: '本月仍有未定论的事项，不能结账：{cases}',
    en: 'Some cases of the month are not decided yet, so it cannot be closed: {cases}',
  },
  'month.closed-before': { zh: '该月已由 {by} 结账', en: 'The month was closed by {by} before' },
};
