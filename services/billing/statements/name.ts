/** As banks and registers write one name differently: width, case, spaces and points between don't tell names apart. */
export const nameKey = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s·•.\p{Cf}]/gu, '')
    .toUpperCase();

const NO_FEE = /押金|保证金|[定订]金|退款|退费|装修|租金|房租|deposit|refund/iu;
/** Whether a remark says that the money is, or may be, for something else than fees: a person decides. */
export const isNoFee = (remark: string): boolean => NO_FEE.test(remark.normalize('NFKC').replace(/\s/gu, ''));

/** What people write beside a name when they pay. */
const BESIDE =
  '物业服务费|物业管理费|综合服务费|管理服务费|物业费|管理费|停车费|车位费|公摊费|公摊|水电费|水费|电费|卫生费|违约金|滞纳金|租金|房租|欠费|费用|服务费|转账|汇款|转入|缴纳|支付|缴费|交费|付款|业主|户主|房号|姓名|年度|季度|半年|全年|月份';
/** Longer ones first, or what is left of one would be taken for a name. */
const WORDS = new RegExp(
  BESIDE.split('|')
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'gu',
);
/** A name has two letters at least. */
const SHORT = 2;

/**
 * What a run of letters may say: itself, since 付, 代 and 为 are letters of names too; itself without such words at its head
 * (代李四); and where somebody pays (交, 缴) what stands before and behind, and between those words (张三给李四交).
 */
const readingsOf = (run: string): string[] => {
  const parts = run.split(/[交缴]|付$/u);
  const between = parts.length > 1 ? parts.flatMap((part) => [part, ...part.split(/[代替给为]/u)]) : [];
  return [run, run.replace(/^[代替给为付交缴]+/u, ''), ...between];
};

/**
 * The names that a line may say (pure): who paid, and what the runs of letters of the remark may say when what people write
 * beside a name is taken out. A name is one only as a whole: 张三 isn't said by 张三丰.
 */
export const namesSaid = ({ name, remark }: { name: string; remark: string }): Set<string> => {
  const runs = remark
    .normalize('NFKC')
    .replace(WORDS, ' ')
    .split(/[^\p{L}·]+/u);
  return new Set([name, remark, ...runs.flatMap(readingsOf)].map(nameKey).filter((one) => [...one].length >= SHORT));
};
