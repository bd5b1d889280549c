import type { Language } from '../../../shared/text/catalogue.ts';
import { sumFen } from '../../../shared/values/money.ts';
import type {
  AccountStatement,
  DeliverySheet,
  DemandLetter,
  FeeLine,
  FeeNotice,
  LateDebt,
  ReceiptPaper,
  Reminder,
  SecondNotice,
} from './model.ts';

/** Documents as billing would hand them over, for tests. */
export const HEAD = {
  language: 'zh-CN' as Language,
  site: '湖畔花园',
  desk: { complaintPhone: '0571-8800 1234', address: '杭州市西湖区文三路 18 号湖畔花园客服中心一层' },
  number: 'FN-202611-000128',
  issuedOn: '2026-11-01',
};
const ADDRESSED = { ...HEAD, payer: '张喆堃', units: ['3幢2单元1201', '车位 B1-118'] };
const HOW = [
  '银行转账：户名 湖畔物业服务有限公司，账号见小区公示栏，转账请备注房号',
  '前台缴费：每日 8:30–17:30，现金、刷卡、扫码均可',
];

const feeLine = (i: number): FeeLine => ({
  unit: '3幢2单元1201',
  item: ['物业服务费', '公共能耗分摊', '生活垃圾处理费'][i % 3] as string,
  period: '2026年11月',
  days: { from: '2026-11-01', to: '2026-11-30' },
  quantity: i % 3 === 0 ? '89.12 m² × 2.85 元' : '按户 12.50 元',
  amountFen: i % 3 === 0 ? 25_399 : 1250,
});

export const feeNoticeOf = (count: number, more: Partial<FeeNotice> = {}): FeeNotice => {
  const lines = Array.from({ length: count }, (_, i) => feeLine(i));
  const paper: FeeNotice = {
    ...ADDRESSED,
    kind: 'fee-notice',
    lines,
    offsets: [],
    arrears: [],
    totalFen: 0,
    dueDay: '2026-11-10',
    howToPay: HOW,
    link: 'https://pay.example/b?t=a1&n=2',
    ...more,
  };
  const { offsets, arrears } = paper;
  return {
    ...paper,
    totalFen: sumFen([
      ...[...paper.lines, ...offsets].map(({ amountFen }) => amountFen),
      ...arrears.map(({ openFen }) => openFen),
    ]),
  };
};

export const OFFSET = { unit: '3幢2单元1201', item: '物业服务费', period: '2026年11月', amountFen: -10_000 };
export const OLD_DEBT = {
  unit: '车位 B1-118',
  item: '车位管理费',
  period: '2026年10月',
  dueDay: '2026-10-10',
  openFen: 8000,
};

const debtsOf = (count: number, lateFen: number): LateDebt[] =>
  Array.from({ length: count }, (_, i) => ({ ...OLD_DEBT, unit: `3幢2单元${1201 + i}`, openFen: 25_399 + i, lateFen }));

const arrearsOf = (count: number, lateFen: number) => {
  const debts = debtsOf(count, lateFen);
  return {
    ...ADDRESSED,
    debts,
    totalFen: sumFen(debts.flatMap(({ openFen, lateFen }) => [openFen, lateFen])),
    asOf: '2026-10-11',
    howToPay: HOW,
    link: 'https://pay.example/b?t=a1',
  };
};

export const reminderOf = (kind: Reminder['kind'], count = 2): Reminder => ({ ...arrearsOf(count, 0), kind });
export const secondNoticeOf = (count = 2): SecondNotice => ({
  ...arrearsOf(count, 123),
  kind: 'second-notice',
  payBy: '2026-10-31',
});
export const demandLetterOf = (count = 2): DemandLetter => ({
  ...arrearsOf(count, 456),
  kind: 'demand-letter',
  payBy: '2026-11-24',
});

export const deliverySheetOf = (count: number): DeliverySheet => ({
  ...HEAD,
  kind: 'delivery-sheet',
  number: 'DS-20261101-01',
  rows: Array.from({ length: count }, (_, i) => ({
    no: i + 1,
    number: `FN-202611-${String(i + 1).padStart(6, '0')}`,
    kind: (['fee-notice', 'demand-letter', 'second-notice'] as const)[i % 3] as 'fee-notice',
    unit: `${1 + (i % 9)}幢2单元${1201 + i}`,
    payer: ['张三', '欧阳芷兰', '杭州湖畔文化传播有限公司'][i % 3] as string,
  })),
  withdrawn: [],
});

export const receiptOf = (more: Partial<ReceiptPaper> = {}): ReceiptPaper => ({
  ...ADDRESSED,
  kind: 'receipt',
  number: '2026-000345',
  paidOn: '2026-11-05',
  method: '银行转账',
  lines: [
    { unit: '3幢2单元1201', item: '物业服务费', period: '2026年11月', amountFen: 25_399 },
    { unit: '车位 B1-118', item: '车位管理费', period: '2026年11月', amountFen: 8000 },
  ],
  prepaidFen: 967_101,
  totalFen: 1_000_500,
  voided: false,
  ...more,
});

export const accountStatementOf = (count: number): AccountStatement => {
  let balanceFen = 1000;
  const rows = Array.from({ length: count }, (_, i) => {
    const [debitFen, creditFen] = i % 2 === 0 ? [25_399, 0] : [0, 25_399];
    balanceFen += debitFen - creditFen;
    const day = `2026-${String(1 + (i % 12)).padStart(2, '0')}-05`;
    const what = i % 2 === 0 ? '计费' : '收款（银行转账）';
    return { day, what, item: '物业服务费', period: '2026年11月', debitFen, creditFen, balanceFen };
  });
  return {
    ...ADDRESSED,
    units: ['3幢2单元1201'],
    kind: 'account-statement',
    number: 'AS-2026-0007',
    from: '2026-01-01',
    to: '2026-12-31',
    openingFen: 1000,
    rows,
    closingFen: balanceFen,
    prepaidFen: 5000,
  };
};
