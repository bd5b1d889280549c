import { expect, test } from 'vitest';
import { faults, send, told, withFlats } from './testing.ts';

test('of a party that is there the way that is not is named, and no heading that the file does not have', async () => {
  const w = await withFlats();
  const header = '楼栋,房号,姓名,电话,邮箱';
  await send(w, 'parties', `${header},同意\n1,101,测试甲,13700000008,jia@example.test,是\n`);
  const said = async (row: string) =>
    told(await send(w, 'parties', `${header}\n${row}\n`, { dryRun: true, language: 'zh-CN' }));
  const rule = '该业户已登记，但没有此联系方式，请先由前台补登或更正';
  expect(await said('1,101,测试甲,13700000008,jia@example.test')).toEqual([]);
  expect(await said('1,101,测试甲,13700000008,jia@example.test;b@example.test')).toEqual([
    [2, '邮箱', 'b@example.test', rule],
  ]);
  expect(await said('1,101,测试甲,13700000008、13700000009,jia@example.test')).toEqual([
    [2, '电话', '13700000009', rule],
  ]);
  const denied = `${header},同意\n1,101,测试甲,13700000008,jia@example.test,否\n`;
  expect(faults(await send(w, 'parties', denied, { dryRun: true }))).toEqual([
    [2, 'consent', 'import.consent-differs'],
  ]);
});
