import type { ReadCell } from '../../../shared/sheet/read/cells.ts';
import { folded } from '../../../shared/sheet/read/words.ts';
import { FAILURES, type Failure } from './events.ts';

/** What a column of a bank's result file holds. */
export type ResultField = 'line' | 'token' | 'fen' | 'yuan' | 'taken' | 'status' | 'reason';

/** Headings as banks and our own file write them, folded; the unit of an amount decides its column. */
const HEADINGS: Readonly<Record<ResultField, readonly string[]>> = {
  line: ['line', '序号', '行号', '编号', '明细序号', '明细号', '笔号'],
  token: ['token', '协议号', '签约协议号', '合同号', '授权号', '签约号', '委托协议号', '用户号', '代扣协议号'],
  fen: ['amountfen', '金额分', '扣款金额分', '交易金额分'],
  yuan: [
    'amount',
    'amountyuan',
    '金额',
    '金额元',
    '扣款金额',
    '扣款金额元',
    '交易金额',
    '交易金额元',
    '发生额',
    '代扣金额',
    '代扣金额元',
    '应扣金额',
    '应扣金额元',
  ],
  taken: ['实扣金额', '实扣金额元', '实际扣款金额', '成功金额'],
  status: [
    'status',
    '状态',
    '结果',
    '处理结果',
    '扣款结果',
    '扣款状态',
    '交易状态',
    '交易结果',
    '处理状态',
    '返回结果',
    '代扣结果',
  ],
  reason: [
    'reason',
    '原因',
    '失败原因',
    '备注',
    '说明',
    '返回信息',
    '处理信息',
    '错误信息',
    '失败说明',
    '结果说明',
    '摘要',
  ],
};

/** In which column each field stands; a heading that two columns bear is the first's. */
export type ResultColumns = Partial<Record<ResultField, number>>;

/**
 * The columns of a row that is a header: it names lines, mandates and amounts. A number alone may be the bank's own numbering, which
 * says nothing of ours. Where nothing is headed as a result, what the bank wrote behind our own columns is: the file as it was
 * sent, given back.
 */
export const resultColumnsIn = (titles: readonly string[]): ResultColumns | undefined => {
  const said = titles.map(folded);
  const found: ResultColumns = {};
  for (const field of Object.keys(HEADINGS) as ResultField[]) {
    const at = said.findIndex((title) => HEADINGS[field].includes(title));
    if (at !== -1) found[field] = at;
  }
  if (found.yuan === undefined && found.fen === undefined && found.taken !== undefined) found.yuan = found.taken;
  if ([found.line, found.token, found.fen ?? found.yuan].includes(undefined)) return undefined;
  const behind = said.findLastIndex((title) => title !== '') + 1;
  return found.status === undefined ? { ...found, status: behind, reason: found.reason ?? behind + 1 } : found;
};

/** The columns of a file without a header, in the order in which the file for the bank has them. */
export const WITHOUT_HEADER: ResultColumns = { line: 0, token: 1, fen: 2, status: 3, reason: 4 };

const PAID: ReadonlySet<string> = new Set([
  ...[
    'ok',
    'paid',
    'success',
    'succeeded',
    '成功',
    '扣款成功',
    '交易成功',
    '处理成功',
    '代扣成功',
    '划扣成功',
    '已扣',
    '已扣款',
  ],
  ...['已扣成功', '扣收成功', '批扣成功'],
]);
const FAILED: ReadonlySet<string> = new Set([
  ...[
    'failed',
    'fail',
    'failure',
    '失败',
    '扣款失败',
    '交易失败',
    '处理失败',
    '代扣失败',
    '划扣失败',
    '未扣',
    '未扣款',
    '不成功',
  ],
  ...['扣款不成功', '扣收失败', '批扣失败', '未成功'],
]);
/** Reasons in the words of banks, by what stands in them. What names none of them is `other`. */
const REASONS: readonly (readonly [RegExp, Failure])[] = [
  [/余额不足|可用余额不够|存款不足|资金不足/, 'insufficient-funds'],
  [
    /销户|账[户号]不存在|帐[户号]不存在|无此[账帐][户号]|户名不符|[账帐]户状态(异常|不正常)|冻结|挂失|止付|睡眠户/,
    'account-closed',
  ],
  [/未签约|未授权|授权(已)?(终止|撤销|过期|失效)|协议(已)?(终止|失效|不存在|解约)|已解约|无协议/, 'no-mandate'],
  [/超限|超过?限额|限额|超过?单笔/, 'limit'],
  [/拒付|拒绝|客户不同意/, 'refused'],
];

export const reasonOf = (text: string): Failure | undefined =>
  FAILURES.find((one) => one === text) ?? REASONS.find(([words]) => words.test(text))?.[1];

/** What a status says: a failure's own reason may stand in it. Nothing is guessed from other words. */
export const outcomeOf = (status: string): { paid: true } | { paid: false; why?: Failure | undefined } | undefined => {
  const said = folded(status);
  if (PAID.has(said)) return { paid: true };
  const [first = '', ...rest] = status.split(/[:：,，;；\s(（-]+/);
  if (FAILED.has(said)) return { paid: false };
  if (/(?<![不未])成功|已扣/.test(status)) return undefined;
  const why = reasonOf(status);
  return why !== undefined && (FAILED.has(folded(first)) || rest.length === 0) ? { paid: false, why } : undefined;
};

/** An amount in fen, exactly; of yuan with at most two decimals. */
export const fenOf = (cell: ReadCell, unit: 'fen' | 'yuan'): number | undefined => {
  const said = (cell.decimal ?? cell.text).replace(/^[¥￥]/, '').replace(unit === 'yuan' ? /元$/ : /分$/, '');
  const plainly = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(said) ? said.replaceAll(',', '') : said;
  const [, whole, decimals = ''] = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(plainly) ?? [];
  if (whole === undefined || (unit === 'fen' && decimals !== '')) return undefined;
  return unit === 'fen' ? Number(whole) : Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
};
