/** Refusals of the registry, and what can be wrong with a row of an imported spreadsheet. */
export const REGISTRY = {
  'site.already-there': { zh: '该项目编号已存在', en: 'There is a site with this id already' },
  'site.department-kept': {
    zh: '部门只能新增或改名，不能删除：{departments}',
    en: 'Departments can be added and renamed, not removed: {departments}',
  },
  'policy.looser': {
    zh: '项目政策只能比集团更严，不能更宽：{names}',
    en: "A site may tighten the group's policy, never loosen it: {names}",
  },
  'policy.contradiction': {
    zh: '政策自相矛盾，须满足：{pairs}',
    en: 'The policy contradicts itself; it must hold that {pairs}',
  },
  'policy.in-the-past': { zh: '生效时间不能早于现在', en: 'A policy takes effect now or later, never earlier' },
  'policy.too-many': {
    zh: '待生效的政策版本最多 {max} 个',
    en: 'At most {max} versions of a policy may lie ahead',
  },
  'unit.already-there': { zh: '该房屋已存在：{unit}', en: 'There is a unit at this place already: {unit}' },
  'unit.area-needed': { zh: '除车位外，面积必须大于 0', en: 'Only a parking space may have no area' },
  'unit.too-many-parties': { zh: '一个房屋最多 {max} 个业户', en: 'A unit may have at most {max} parties' },
  'unit.day-too-far': {
    zh: '日期须在 {from} 至 {to} 之间',
    en: 'The day has to lie between {from} and {to}',
  },
  'party.already-there': {
    zh: '同名且同联系方式的业户已存在：{party}',
    en: 'There is a party with this name and contact way already: {party}',
  },
  'party.merged': {
    zh: '该业户已合并到 {party}，请在那里办理',
    en: 'This party was merged into {party}; go on there',
  },
  'party.merge-itself': { zh: '不能把业户合并到其自身', en: 'A party cannot be merged into itself' },
  'party.merge-gone': {
    zh: '目标业户已被合并或撤销，不能再并入',
    en: 'The party to merge into was itself merged or withdrawn',
  },
  'party.names-differ': {
    zh: '两位业户的姓名不一致，是否确为同一人？确认无误的，请以“确认”（sure）提交',
    en: 'The names of the two differ. Are they one person? If they are, send it with sure',
  },
  'party.too-many-merged': {
    zh: '一位业户最多由 {max} 条重复登记合并而成',
    en: 'At most {max} parties can be part of one',
  },
  'party.not-merged': { zh: '该业户未被合并，无需撤销合并', en: 'This party was not merged into another' },
  'party.merged-on': {
    zh: '其并入的业户之后又并入了 {party}，请先撤销后一次合并',
    en: 'The party it was merged into was itself merged into {party}; take that back first',
  },
  'party.too-many-contacts': {
    zh: '合并后联系方式超过 {max} 个，请先删去不用的',
    en: 'Together they have more than {max} contact ways; remove some first',
  },
  'party.withdrawn': { zh: '该业户因录入有误已撤销', en: 'This party was withdrawn, having been entered by mistake' },
  'party.holds-units': {
    zh: '该业户（含并入的业户）名下还有房屋，请先解除关系',
    en: 'This party, or one that was merged into it, holds units; end that first',
  },
  'unit.withdrawn': { zh: '该房屋因录入有误已撤销', en: 'This unit was withdrawn, having been entered by mistake' },
  'unit.held': { zh: '该房屋下还有业户，请先解除关系', en: 'Somebody holds this unit; end that first' },
  'unit.paid-for': {
    zh: '该房屋有过缴费人，可能已经计费；请先将该业户重新登记为缴费人（起始日期 1990-01-01），再以 1990-01-01 为结束日期解除关系，以冲回账单',
    en: 'Somebody was to pay for this unit and may have been billed; link them again as payer since 1990-01-01, then end that as of 1990-01-01, so that bills are reversed',
  },
  'staff.subject-taken': {
    zh: '该登录账号已属于另一员工：{staff}',
    en: 'This sign-in belongs to another member of staff already: {staff}',
  },
  'staff.not-yourself': {
    zh: '不能更改本人的权限或停用本人',
    en: 'Nobody changes their own grants or deactivates themselves',
  },
  'import.unreadable': { zh: '无法读取文件（第 {line} 行附近）', en: 'The file cannot be read (near line {line})' },
  'import.not-a-sheet': {
    zh: '仅支持 CSV（UTF-8 或 GBK）和 XLSX；旧版 .xls 请另存为 .xlsx',
    en: 'CSV (UTF-8 or GBK) and XLSX are read; save an old .xls as .xlsx first',
  },
  'import.too-large': { zh: '文件解压后过大', en: 'The file is too large once unpacked' },
  'import.too-many-columns': { zh: '最多 {max} 列', en: 'A sheet may have at most {max} columns' },
  'import.column-missing': {
    zh: '缺少列：{columns}（表头取自“{sheet}”第 {line} 行）',
    en: 'Columns are missing: {columns} (the header was taken from “{sheet}”, row {line})',
  },
  'import.column-twice': {
    zh: '列重复：{columns}（表头取自“{sheet}”第 {line} 行）',
    en: 'A column stands twice: {columns} (the header was taken from “{sheet}”, row {line})',
  },
  'import.too-many-rows': { zh: '最多导入 {max} 行', en: 'At most {max} rows can be imported at once' },
  'import.bad-rows': {
    zh: '有 {bad} 行有误，未导入任何数据',
    en: '{bad} rows are bad; nothing was imported',
  },
  'import.column-decides': {
    zh: '工作表“{sheet}”第 {line} 行的“{columns}”无法识别，但它关系到业主、缴费人或起始时间，不能略过；请改用模板中的表头，或删除该列后再导入',
    en: 'In sheet “{sheet}”, header in line {line}: “{columns}” is not understood, yet says who or since when, so it is not passed over; give it a known heading, or take the column out',
  },
  'import.column-tells-apart': {
    zh: '工作表“{sheet}”第 {lines} 行仅在“{columns}”一列上不同，而该列（表头在第 {line} 行）无法识别，不能略过；请改用模板中的表头后再导入',
    en: 'In sheet “{sheet}”, header in line {line}: lines {lines} differ in “{columns}” alone, which is not understood, so it is not passed over; give it a known heading',
  },
  'import.column-unused': { zh: '未识别，未导入', en: 'not understood, not imported' },
  'import.column-of': { zh: '属于{kind}导入，本次未导入', en: 'read by the import of {kind}, not by this one' },
  'import-kind.sites': { zh: '项目', en: 'sites' },
  'import-kind.units': { zh: '房屋', en: 'units' },
  'import-kind.parties': { zh: '业户', en: 'parties' },
  'import-kind.staff': { zh: '员工', en: 'staff' },
  'import.required': { zh: '不能为空', en: 'must not be empty' },
  'import.text': { zh: '须为不超过 {max} 个字符的文字', en: 'must be text of at most {max} characters' },
  'import.day-cell': {
    zh: '单元格被识别成了日期（{text}），请将该列设为“文本”格式后重新填写',
    en: 'was turned into a day ({text}); format the column as text and enter it again',
  },
  'import.flag-cell': {
    zh: '单元格是逻辑值（{text}），请填写文字或数字',
    en: 'is a logical value ({text}), not a text or number',
  },
  'import.exponent': {
    zh: '单元格被显示成了科学计数（{text}），请将该列设为“文本”格式后重新填写',
    en: 'was turned into an exponent ({text}); format the column as text and enter it again',
  },
  'import.error-cell': { zh: '单元格公式出错（{text}）', en: 'the formula of this cell failed ({text})' },
  'import.area': {
    zh: '须为 0 至 {max} 之间、最多六位小数的数字',
    en: 'must be a number from 0 to {max} with at most six decimals',
  },
  'import.area-needed': { zh: '除车位外，面积必须大于 0', en: 'must be greater than 0, except of a parking space' },
  'import.day': { zh: '须为日期，例如 2026-05-01', en: 'must be a day, e.g. 2026-05-01' },
  'import.day-too-far': { zh: '日期须在 {from} 至 {to} 之间', en: 'must lie between {from} and {to}' },
  'import.one-of': { zh: '须为以下之一：{allowed}', en: 'must be one of: {allowed}' },
  'import.phone': { zh: '不是有效的电话号码', en: 'is not a phone number' },
  'import.email': { zh: '不是有效的电子邮箱', en: 'is not an email address' },
  'import.zone': { zh: '不是有效的时区，例如 Asia/Shanghai', en: 'is not a time zone, e.g. Asia/Shanghai' },
  'import.id': { zh: '编号只能含字母、数字、“-”和“_”', en: 'may hold letters, digits, - and _ only' },
  'import.departments': {
    zh: '须为“编号:名称”，以分号隔开，编号不重复',
    en: 'must be id:name, separated by semicolons, no id twice',
  },
  'import.duplicate': { zh: '与第 {line} 行重复', en: 'is the same as line {line}' },
  'import.differs': { zh: '与第 {line} 行不一致', en: 'does not agree with line {line}' },
  'import.exists': { zh: '已存在且内容不同', en: 'is there already, with other content' },
  'import.unknown-unit': { zh: '没有此房屋', en: 'there is no such unit' },
  'import.unknown-site': { zh: '没有此项目', en: 'there is no such site' },
  'import.unknown-department': { zh: '该项目没有此部门', en: 'the site has no such department' },
  'import.department-needed': { zh: '部门主任须指明部门', en: 'a department head needs a department' },
  'import.too-many': { zh: '最多 {max} 个', en: 'at most {max}' },
};
