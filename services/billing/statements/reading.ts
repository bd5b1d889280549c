import { invalid, Refusal } from '../../../shared/domain/refusal.ts';
import { NOTHING, type ReadCell } from '../../../shared/sheet/read/cells.ts';
import type { SheetTable } from '../../../shared/sheet/read/table.ts';
import { unbracketed } from '../../../shared/sheet/read/words.ts';
import { type Day, isDay } from '../../../shared/time/clock.ts';
import type { PaymentMethod } from '../accounts/contract.ts';

/** A line of a statement by which money came. Texts are empty where the file says nothing. */
export interface StatementLine {
  /** Line of the file, from 1. */
  at: number;
  channel: PaymentMethod;
  paidOn: string;
  fen: number;
  number: string;
  name: string;
  remark: string;
  balance: string;
  /** Which of several lines that are alike in all of that, from 1. */
  nth: number;
}
/** Days, both included. */
interface Span {
  from: Day;
  to: Day;
}

export const LINE_FAULTS = ['day', 'day-too-far', 'amount', 'direction', 'number-again'] as const;
export interface ReadStatement {
  channel: PaymentMethod;
  lines: StatementLine[];
  /** Lines by which money went out, or that came to nothing. */
  others: number;
  faults: { at: number; why: (typeof LINE_FAULTS)[number] }[];
}

type Column = 'day' | 'in' | 'out' | 'amount' | 'direction' | 'number' | 'name' | 'remark' | 'balance' | 'state';
/** Headings of banks, WeChat Pay, Alipay and card terminals, as they read without brackets, units and signs. */
const HEADINGS: Record<Column, readonly string[]> = {
  day: [
    '交易日期',
    '交易时间',
    '记账日期',
    '入账日期',
    '入账时间',
    '日期',
    '付款时间',
    '完成时间',
    '清算日期',
    '发生时间',
    '交易日',
    'date',
  ],
  in: ['贷方发生额', '贷方金额', '收入金额', '收入', '存入金额', '转入金额', '贷方', 'credit'],
  out: ['借方发生额', '借方金额', '支出金额', '支出', '转出金额', '借方', 'debit'],
  amount: ['金额', '交易金额', '发生额', '订单金额', '应结订单金额', '刷卡金额', 'amount'],
  direction: ['收支', '借贷', '借贷标志', '借贷方向', '资金流向', '收支类型', 'direction'],
  number: [
    '交易流水号',
    '流水号',
    '交易单号',
    '微信支付单号',
    '微信订单号',
    '支付宝交易号',
    '支付宝流水号',
    '交易订单号',
    '交易号',
    '参考号',
    '系统参考号',
    '检索参考号',
    '交易参考号',
    'reference',
  ],
  name: [
    '对方户名',
    '对方名称',
    '对方账户名称',
    '对方账户',
    '付款人',
    '付款户名',
    '付款方',
    '付款人名称',
    '交易对方',
    '对手户名',
    '户名',
    'payer',
  ],
  remark: ['摘要', '附言', '备注', '用途', '交易附言', '商品', '商品名称', '商品说明', '留言', 'remark'],
  balance: ['余额', '账户余额', '当前余额', 'balance'],
  state: ['当前状态', '交易状态', '状态', 'status'],
};
/** Columns that one channel's statements have, and no other's. */
const SURE: readonly (readonly [PaymentMethod, RegExp])[] = [
  ['wechat', /微信|交易单号.*商户单号/],
  ['alipay', /支付宝|商家订单号/],
  ['pos', /终端号|商户号.*(卡号|参考号)|刷卡/],
];
/** Columns that others may have too: who sends the file may know better. */
const LIKELY: typeof SURE = [
  ['pos', /参考号/],
  ['transfer', /余额|对方户名|对方账户|贷方|借方|摘要|附言|credit|payer/],
];
const INCOMING = /^(收入|收|贷|贷方|入|转入|c|cr|credit|in|\+)$/i;
const OUTGOING = /^(支出|支|借|借方|出|转出|d|dr|debit|out|-|\/|其他|不计收支|中性交易)$/i;
const VOID = /退款|关闭|失败|撤销|冲正|fail|void/i;

const title = (text: string): string => unbracketed(text).replace(/元$/, '');
const columnOf = (text: string): Column | undefined => {
  const said = title(text);
  return (Object.keys(HEADINGS) as Column[]).find((one) => HEADINGS[one].includes(said));
};

/** How many columns a row's titles name: by that the header is found. */
export const statementColumns = (titles: readonly string[]): number =>
  new Set(titles.flatMap((one) => columnOf(one) ?? [])).size;

/** `1,234.5`, `¥1234.50`, `+12`: exact to the fen; `undefined` where it is no amount. */
const fenOf = ({ text, decimal }: ReadCell): number | undefined => {
  const [, sign, yuan, tenths = ''] =
    /^([+-]?)(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec((decimal ?? text.normalize('NFKC')).replace(/[¥￥,元\s]/g, '')) ?? [];
  if (yuan === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(yuan) * 100 + Number(tenths.padEnd(2, '0')));
};
const dayOf = (text: string): string | undefined => {
  const [, year, month = '', date = ''] =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?:日|[ T].*)?(?:\d{6})?$/.exec(text.normalize('NFKC').trim()) ?? [];
  const day = year && [year, month.padStart(2, '0'), date.padStart(2, '0')].join('-');
  return day && isDay(day) ? day : undefined;
};

/** @throws Refusal when it isn't told whose statement it is, or another's is told than its columns are */
const channelOf = (header: readonly string[], told: PaymentMethod | undefined): PaymentMethod => {
  const titles = header.map(title).join(',');
  const by = (all: typeof SURE) => all.find(([, words]) => words.test(titles))?.[0];
  const sure = by(SURE);
  if (told !== undefined && sure !== undefined && told !== sure) {
    throw invalid({ field: 'body.channel', rule: 'field.other-channel', details: { method: sure } });
  }
  const said = told ?? sure ?? by(LIKELY);
  if (said === undefined)
    throw new Refusal('invalid', 'request.invalid', {}, [{ field: 'body.channel', rule: 'field.channel' }]);
  return said;
};

/** The sum of a line, what came in positive; `undefined` where the file doesn't say which way it went. */
const cameIn = (
  cell: (column: Column) => ReadCell,
  has: (column: Column) => boolean,
): number | undefined | 'direction' => {
  if (has('in')) {
    const { text } = cell('in');
    const fen = fenOf(cell('in'));
    if (text !== '' && fen === undefined) return undefined;
    if (fen) return fen;
    const out = fenOf(cell('out'));
    return out === undefined ? undefined : -Math.abs(out);
  }
  const fen = fenOf(cell('amount'));
  if (fen === undefined || !has('direction')) return fen;
  const { text } = cell('direction');
  if (INCOMING.test(text)) return Math.abs(fen);
  return OUTGOING.test(text) ? -Math.abs(fen) : 'direction';
};

/**
 * The lines of a statement by which money came (pure). What it is of shows in its columns; a line that isn't understood is
 * reported with its number and why.
 * @param within days on which a payment may have come, both included: what is older or to come nobody could claim
 * @throws Refusal invalid: columns that are missing
 */
export const readStatement = ({ header, rows }: SheetTable, told?: PaymentMethod, within?: Span): ReadStatement => {
  const columns = header.map(columnOf);
  const has = (column: Column) => columns.includes(column);
  if (!has('day') || !(has('in') || has('amount'))) {
    throw new Refusal('invalid', 'statement.columns', { header: header.filter(Boolean).join('、').slice(0, 200) }, [
      { field: 'body.content', rule: 'field.statement' },
    ]);
  }
  const channel = channelOf(header, told);
  const read: ReadStatement = { channel, lines: [], others: 0, faults: [] };
  const alike = new Map<string, number>();
  const known = new Map<string, string>();
  for (const { line: at, cells } of rows) {
    const all = (column: Column) =>
      columns.flatMap((one, i) => (one === column ? [cells[i] ?? NOTHING] : [])).filter(({ text }) => text !== '');
    const cell = (column: Column) => all(column)[0] ?? NOTHING;
    const text = (column: Column) =>
      all(column)
        .map((one) => one.text)
        .join(' ');
    const day = dayOf(cell('day').text);
    if (day === undefined) {
      // A line of totals has no day, nor a number.
      if (text('number') === '' && /合计|总计|小计|笔数|total/i.test(cells.map((one) => one.text).join(' ')))
        read.others += 1;
      else read.faults.push({ at, why: 'day' });
      continue;
    }
    if (within && (day < within.from || day > within.to)) {
      read.faults.push({ at, why: 'day-too-far' });
      continue;
    }
    const fen = cameIn(cell, has);
    if (fen === undefined || fen === 'direction') read.faults.push({ at, why: fen ?? 'amount' });
    else if (fen <= 0 || VOID.test(text('state'))) read.others += 1;
    else {
      const line = {
        channel,
        paidOn: day,
        fen,
        number: cell('number').text,
        name: cell('name').text,
        remark: text('remark'),
        balance: cell('balance').text,
      };
      const key = JSON.stringify(line);
      const nth = (alike.get(key) ?? 0) + 1;
      alike.set(key, nth);
      const numbered = line.number === '' ? undefined : `${day} ${fen} ${line.number}`;
      const first = numbered === undefined ? key : (known.get(numbered) ?? key);
      if (numbered !== undefined) known.set(numbered, first);
      // Told twice in all its words it is one line. With other words it may be another's money: a person looks.
      if (first !== key) read.faults.push({ at, why: 'number-again' });
      else if (numbered === undefined || nth === 1) read.lines.push({ ...line, at, nth });
    }
  }
  return read;
};
