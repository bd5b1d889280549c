/** Refusals any request can meet. */
export const REQUEST = {
  'request.invalid': { zh: '请求有误', en: 'The request is not valid' },
  'request.not-json': { zh: '请求正文不是有效的 JSON', en: 'The body is not valid JSON' },
  'request.unauthenticated': { zh: '请先登录', en: 'Sign in first' },
  'request.forbidden': { zh: '您在该项目没有此项权限', en: 'You may not do this at this site' },
  'request.not-found': { zh: '未找到：{what}', en: 'Not found: {what}' },
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
  'request.too-large': { zh: '请求内容过大', en: 'The request is too large' },
  'request.unexpected': {
    zh: '系统出错，已记录，请稍后重试',
    en: 'Something went wrong; it is recorded. Try again later',
  },
};
