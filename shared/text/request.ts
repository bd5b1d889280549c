/** Refusals any request can meet. */
export const REQUEST = {
  'request.invalid': { zh: '请求有误', en: 'The request is not valid' },
  'request.not-json': { zh: '请求正文不是有效的 JSON', en: 'The body is not valid JSON' },
  'request.unauthenticated': { zh: '请先登录', en: 'Sign in first' },
  'request.forbidden': {
    zh: '您没有此项权限，可由{may:words}办理',
    en: 'You may not do this here; who may: {may:words}',
  },
  'request.not-found': { zh: '未找到：{what}', en: 'Not found: {what}' },
  'request.all-too-large': {
    zh: '全部导出超过 {megabytes} MB，请缩小范围或分页导出',
    en: 'All of it is more than {megabytes} MB: ask for less, or page by page',
  },
  'request.changed': {
    zh: '您查看后该记录已有变动（现为第 {version} 版），请重新查看后再办理',
    en: 'It has changed since you looked (it is at version {version} now): look again before you do this',
  },
  'request.key-missing': { zh: '缺少 Idempotency-Key 请求头', en: 'The Idempotency-Key header is missing' },
  'request.key-reused': {
    zh: '同一 Idempotency-Key 已用于另一内容',
    en: 'This Idempotency-Key was used for a different request',
  },
  'request.overtaken': {
    zh: '同一内容刚刚被其他操作更改，本次未执行；请核对最新内容后重新提交',
    en: 'Somebody else changed the same thing at this moment; nothing was done. Look at it as it now is and send it again',
  },
  'request.too-much-together': {
    zh: '一次涉及的账户或事项过多，请分次提交（例如分别指定房屋）',
    en: 'That is too much for one request; send it in parts, for example naming some of the accounts',
  },
  'limit.important': {
    zh: '您今天在本项目已标记 {most} 件重大投诉，达到每人每日上限；紧急的请直接致电管理处主任',
    en: 'You have marked {most#complaint|complaints} important at this site today, the most for one person. If it is urgent, call the site director',
  },
  'limit.mails': {
    zh: '您在一小时内触发的业主邮件已达上限（{most} 封），请 {minutes} 分钟后再试',
    en: 'You have caused {most#mail|mails} to owners within an hour, the most for one person; try again in {minutes} min',
  },
  'limit.imports': {
    zh: '您在一小时内导入文件已达上限（{most} 次，含试导入），请 {minutes} 分钟后再试',
    en: 'You have imported {most#file|files} within an hour (dry runs counted), the most for one person; try again in {minutes} min',
  },
  'limit.rehearsals': {
    zh: '您在一小时内试算催缴已达上限（{most} 次），请 {minutes} 分钟后再试',
    en: 'You have rehearsed dunning {most#time|times} within an hour, the most for one person; try again in {minutes} min',
  },
  'limit.rebuilds': {
    zh: '您今天已发起 {most} 次指标重算，达到每人每日上限，请 {minutes} 分钟后再试',
    en: 'You have started {most#rebuild|rebuilds} of the figures today, the most for one person; try again in {minutes} min',
  },
  'request.list-full': {
    zh: '{what:word}已达上限（{most} 项），无法再增加',
    en: 'There are {most} {what:word} already, the most there may be: no more can be added',
  },
  'request.too-large': { zh: '请求内容过大', en: 'The request is too large' },
  'request.too-long': {
    zh: '处理时间过长，可能已经完成：请稍后用同一 Idempotency-Key 再次提交，即可得知结果',
    en: 'It takes too long and may be done: send it again in a moment under the same Idempotency-Key, and the answer says so',
  },
  'request.unexpected': {
    zh: '系统出错，已记录，请稍后重试',
    en: 'Something went wrong; it is recorded. Try again later',
  },
};
