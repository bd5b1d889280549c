import { expect, test } from 'vitest';
import type { HistoryEntry, HistoryReader } from './entry.ts';
import { historySentence, historySentences } from './sentence.ts';

const names = {
  staff: { stf_li: '李娜', stf_wang: '王敏' },
  parties: { pty_zhang: '张三' },
  units: { unt_1: '1幢401室' },
  departments: { engineering: '工程部' },
  feeItems: { management: '物业费' },
};
const zh: HistoryReader = { language: 'zh-CN', zone: 'Asia/Shanghai', names };
const en: HistoryReader = { ...zh, language: 'en' };
const entry = (event: string, data: HistoryEntry['data'] = {}, by = 'stf_li'): HistoryEntry => ({
  event,
  by,
  data,
  at: '2026-05-02T06:05:00.000Z',
});

const ACCEPTED = entry('complaint.accepted', {
  contact: 'con_1',
  department: 'engineering',
  acceptDue: '2026-05-02T07:00:00.000Z',
});
const PAID = { payment: 'pay_1', method: 'cash', fen: 25_399, paidOn: '2026-05-02', creditFen: 0, allocations: [] };
const OVERDUE = {
  duty: 'accept',
  due: '2026-05-02T16:00:00.000Z',
  to: { role: 'department-head', department: 'engineering' },
};

test('what says when it happened under a name of its own is marked, after a quarter of an hour', () => {
  const visit = (channel: string, receivedAt: string) => entry('contact.received', { channel, receivedAt });
  const mark = (one: HistoryEntry) => /（补录.*）$/.exec(historySentence(one, zh))?.[0];
  expect(mark(visit('visit', '2026-05-02T05:49:59.000Z'))).toBe('（补录）');
  expect(mark(visit('visit', '2026-05-02T05:50:00.000Z'))).toBeUndefined();
  expect(mark(visit('email', '2026-05-02T01:00:00.000Z'))).toBeUndefined();
  const call = entry('callback.attempted', { outcome: 'no-answer', calledAt: '2026-05-02T05:00:00.000Z' });
  expect(mark(call)).toBe('（补录：实际于 5月2日 13:00）');
});

test('a step is said as people of the field say it', () => {
  const said: [HistoryEntry, string, string][] = [
    [
      { ...ACCEPTED, owedBy: '2026-05-03T06:00:00.000Z' },
      '李娜代表工程部接单，要求 5月3日 14:00 前办结',
      '李娜 accepted it for 工程部, to be resolved by 3 May 14:00',
    ],
    [
      ACCEPTED,
      '李娜代表工程部接单（接单时限 5月2日 15:00）',
      '李娜 accepted it for 工程部 (to be accepted by 2 May 15:00)',
    ],
    [
      entry('complaint.accepted', {
        ...{ department: 'engineering', proxyFor: 'stf_wang', acceptDue: '2026-05-02T07:00:00.000Z' },
        ...{ happenedAt: '2026-05-02T05:00:00.000Z', evidence: '值班记录' },
      }),
      '李娜代录：王敏代表工程部口头接单（接单时限 5月2日 15:00）（补录：实际于 5月2日 13:00，凭据：“值班记录”）',
      '李娜 recorded that 王敏 accepted it for 工程部 by word of mouth (to be accepted by 2 May 15:00) (recorded later: it happened on 2 May 13:00, as shown by: “值班记录”)',
    ],
    [
      { ...entry('callback.attempted', { outcome: 'no-answer' }, 'stf_wang'), nth: 2 },
      '王敏回访未接通（第 2 次）',
      '王敏 called and nobody answered (try 2)',
    ],
    [
      entry('receipt.issued', { ...PAID, serial: '2026-000345' }, 'system:clock'),
      '收到现金 ¥253.99，开具收据 2026-000345',
      '¥253.99 came in (cash); receipt 2026-000345 was issued',
    ],
    [entry('account.paid', PAID), '李娜收到现金 ¥253.99（5月2日）', '李娜 took ¥253.99 on 2 May (cash)'],
    [
      entry('account.adjusted', { bill: 'management/2026-11', fen: -1_000, freedFen: 0, words: '面积有误' }),
      '李娜调减2026年11月物业费 ¥10.00：“面积有误”',
      '李娜 took ¥10.00 off 物业费 (November 2026): “面积有误”',
    ],
    [
      entry('complaint.upheld', { through: 'con_1', kind: 'attitude', staff: 'stf_wang' }),
      '李娜认定对王敏的服务态度投诉属实',
      '李娜 upheld the complaint about attitude against 王敏',
    ],
  ];
  for (const [one, chinese, english] of said) {
    expect(historySentence(one, zh)).toBe(chinese);
    expect(historySentence(one, en)).toBe(english);
  }
});

test('what the clock says is said for what was owed, and who heard of it', () => {
  const missed = entry('complaint.missed', OVERDUE, 'system:clock');
  expect(historySentence(missed, zh)).toBe('逾期未办：受理投诉（应于 5月2日 24:00 前完成），已报告工程部主任');
  expect(historySentence(missed, en)).toBe(
    'Overdue: accept the complaint (due by 2 May 24:00); the head of 工程部 was told',
  );
  const escalated = entry('complaint.escalated', { ...OVERDUE, to: { role: 'centre-manager' }, claimedBy: 'stf_wang' });
  expect(historySentence(escalated, zh)).toBe(
    '逾期升级：受理投诉（应于 5月2日 24:00 前完成），已上报服务中心经理（经办人：王敏）',
  );
});

test('what was erased, what may not be seen and whose name is unknown is said so', () => {
  const result = { ordinal: 1, result: null, department: 'engineering' };
  expect(historySentence(entry('complaint.resolved', result), zh)).toBe('李娜登记处理结果：（已删除）');
  expect(historySentence(entry('complaint.resolved', result), { ...zh, wordsConcealed: true })).toBe(
    '李娜登记处理结果：（保密）',
  );
  expect(historySentence(entry('callback.replied'), en)).toBe(
    '李娜 gave the owner the promised reply: (in confidence)',
  );
  expect(historySentence(entry('callback.claimed', {}, 'stf_gone'), zh)).toBe('（不详）领取回访任务');
});

test('what somebody wrote is said as it stands, and no longer than a sentence holds', () => {
  const written = `{by} [x]\n$& ${'长'.repeat(200)}`;
  const said = historySentence(entry('contact.settled', { words: written }), zh);
  expect(said).toBe(`李娜当场办结：“{by} [x] $& ${'长'.repeat(88)}…”`);
});

test('a day of another year is said with its year', () => {
  const promised = entry('contact.promised', { replyBy: '2027-01-03T01:30:00.000Z' });
  expect(historySentence(promised, zh)).toBe('李娜承诺 2027年1月3日 09:30 前答复');
  expect(historySentence(promised, en)).toBe('李娜 promised a reply by 3 Jan 2027 09:30');
});

test('tries are counted over a history; what nobody has words for is said to have happened', () => {
  const tried = entry('callback.attempted', { outcome: 'no-answer' });
  expect(historySentences([tried, entry('callback.claimed'), tried], zh)).toEqual([
    '李娜回访未接通（第 1 次）',
    '李娜领取回访任务',
    '李娜回访未接通（第 2 次）',
  ]);
  expect(historySentence(entry('nothing.known', {}, 'system:clock'), en)).toBe('The system recorded a change');
});
