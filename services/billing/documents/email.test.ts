import { expect, test } from 'vitest';
import { formatFen } from '../../../shared/values/money.ts';
import { emailOf } from './email.ts';
import type { MailedPaper } from './model.ts';
import { demandLetterOf, feeNoticeOf, OFFSET, OLD_DEBT, reminderOf, secondNoticeOf } from './testing.ts';

const ALL: MailedPaper[] = [
  feeNoticeOf(2, { offsets: [OFFSET], arrears: [OLD_DEBT] }),
  reminderOf('friendly-reminder'),
  reminderOf('reminder'),
  secondNoticeOf(),
  demandLetterOf(),
];
const BOTH = ALL.flatMap((paper) => [paper, { ...paper, language: 'en' as const }]);

test.each(BOTH)('$kind ($language): text and HTML say the same, and where the desk is found', (paper) => {
  const { subject, text, html } = emailOf(paper);
  expect(subject).toContain(paper.site);
  for (const said of ['0571-8800 1234', paper.number, paper.payer, formatFen(paper.totalFen)]) {
    expect(text).toContain(said);
    expect(html).toContain(said);
  }
  expect(html).toMatch(/<th scope="col"/);
  expect(html).toContain(`<html lang="${paper.language}">`);
});

test('a notice shows its lines, what prepaid money covers, what is open from before, and the total', () => {
  const { text, subject } = emailOf(feeNoticeOf(2, { offsets: [OFFSET], arrears: [OLD_DEBT] }));
  expect(subject).toBe('【湖畔花园】缴费通知单：请于2026年11月10日前缴费（FN-202611-000128）');
  expect(text).toContain('3幢2单元1201  物业服务费  2026年11月  2026-11-01 至 11-30  89.12 m² × 2.85 元  ¥253.99');
  expect(text).toContain('预存款抵扣  -¥100.00');
  expect(text).toContain('车位 B1-118  车位管理费  2026年10月  2026-10-10  ¥80.00');
  expect(text).toContain('本期小计：¥166.49');
  expect(text).toContain('往期小计：¥80.00');
  expect(text).toContain('应缴合计：¥246.49');
});

test('a notice that prepaid money covers asks for nothing', () => {
  const covered = feeNoticeOf(1, { offsets: [{ ...OFFSET, amountFen: -25_399 }] });
  expect(emailOf(covered).text).toContain('无需再缴');
  expect(emailOf(covered).subject).not.toContain('请于');
});

test('everything written by people is escaped, in every field', () => {
  const hostile = `<img src=x onerror="alert('1')">&`;
  const poisoned = JSON.parse(
    JSON.stringify(feeNoticeOf(1, { offsets: [OFFSET], arrears: [OLD_DEBT] })),
    (key, value) =>
      typeof value === 'string' &&
      !['kind', 'language', 'link', 'from', 'to'].includes(key) &&
      !/^\d{4}-\d\d-\d\d$/.test(value)
        ? hostile
        : value,
  );
  const { html, subject } = emailOf({ ...poisoned, link: "https://pay.example/?a=1&b='2'" });
  expect(html).not.toContain('<img');
  expect(html).toContain('href="https://pay.example/?a=1&amp;b=&#39;2&#39;"');
  expect(html.replaceAll(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
  expect(subject).toContain(hostile);
});

test('a line break in a name cannot break the header', () => {
  const { subject } = emailOf(feeNoticeOf(1, { site: '花园\r\nBcc: a@b.example' }));
  expect(subject).not.toMatch(/[\r\n]/);
});

test.each(BOTH)('$kind ($language) loads nothing from elsewhere and leads only to its link', (paper) => {
  const { html } = emailOf(paper);
  expect(html).not.toMatch(/<(img|script|link|iframe|style)|src=|url\(/);
  expect(html.match(/https?:[^"]*/g)).toEqual([paper.link?.replaceAll('&', '&amp;')]);
});

test('without a link, whom to ask is said all the same', () => {
  const { link: _, ...paper } = feeNoticeOf(1);
  expect(emailOf(paper).html).not.toContain('<a ');
  expect(emailOf(paper).text).toContain('请致电 0571-8800 1234');
  expect(emailOf({ ...paper, desk: {} }).text).toContain('请联系湖畔花园客服前台');
});
