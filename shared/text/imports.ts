/** What an import of a spreadsheet is refused with, and what can be wrong with one of its rows. */
export const IMPORTS = {
  'import.unreadable': { zh: '无法读取文件（第 {line} 行附近）', en: 'The file cannot be read (near line {line})' },
  'import.not-a-sheet': {
    zh: '仅支持 CSV（UTF-8 或 GBK）和 XLSX；旧版 .xls 请另存为 .xlsx',
    en: 'CSV (UTF-8 or GBK) and XLSX are read; save an old .xls as .xlsx first',
  },
  'import.too-large': { zh: '文件解压后过大', en: 'The file is too large once unpacked' },
  'import.too-many-sheets': { zh: '最多 {max} 张工作表', en: 'A workbook may have at most {max#sheet|sheets}' },
  'import.too-many-columns': { zh: '最多 {max} 列', en: 'A sheet may have at most {max#column|columns}' },
  'import.column-missing': {
    zh: '缺少列：{columns}（表头取自“{sheet}”第 {line} 行）',
    en: 'Columns are missing: {columns} (the header was taken from “{sheet}”, row {line})',
  },
  'import.column-twice': {
    zh: '列重复：{columns}（表头取自“{sheet}”第 {line} 行）',
    en: 'A column stands twice: {columns} (the header was taken from “{sheet}”, row {line})',
  },
  'import.no-rows': {
    zh: '没有可导入的数据：“{sheet}”第 {line} 行被当作表头，其下没有内容',
    en: 'There is nothing to import: row {line} of “{sheet}” was taken for the header, and nothing stands below it',
  },
  'import.too-many-rows': { zh: '最多导入 {max} 行', en: 'At most {max#row|rows} can be imported at once' },
  'import.said': { zh: '{message}', en: '{message}' },
  'import.line': { zh: '第 {line} 行', en: 'line {line}' },
  'import.line-column': { zh: '第 {line} 行“{column}”', en: 'line {line}, “{column}”' },
  'import.line-value': { zh: '第 {line} 行“{column}”：{value}', en: 'line {line}, “{column}”: {value}' },
  'import.sheet-unread': {
    zh: '有数据，但本次未读取；如需导入请单独成表',
    en: 'holds data and was not read; import it by itself',
  },
  'import.bad-rows': {
    zh: '“{sheet}”有 {bad} 行有误，未导入任何数据',
    en: '{bad#row|rows} of “{sheet}” are bad; nothing was imported',
  },
  'import.column-decides': {
    zh: '工作表“{sheet}”第 {line} 行的“{columns}”无法识别，但它关系到业主、缴费人、起始时间，或房屋的类型、状态，不能略过；请改用模板中的表头，或删除该列后再导入',
    en: 'In sheet “{sheet}”, header in line {line}: “{columns}” is not understood, yet says who, since when, or what a unit is, so it is not passed over; give it a known heading, or take the column out',
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
  'import.text': { zh: '须为不超过 {max} 个字符的文字', en: 'must be text of at most {max#character|characters}' },
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
  'import.one-of': { zh: '须为以下之一：{allowed:words}', en: 'must be one of: {allowed:words}' },
  'import.phone': { zh: '不是有效的电话号码', en: 'is not a phone number' },
  'import.email': { zh: '不是有效的电子邮箱', en: 'is not an email address' },
  'import.zone': { zh: '不是有效的时区，例如 Asia/Shanghai', en: 'is not a time zone, e.g. Asia/Shanghai' },
  'import.id': { zh: '编号只能含字母、数字、“-”和“_”', en: 'may hold letters, digits, - and _ only' },
  'import.departments': {
    zh: '须为“编号:名称”，以分号隔开，编号不重复',
    en: 'must be id:name, separated by semicolons, no id twice',
  },
  'import.duplicate': { zh: '与第 {line} 行重复', en: 'is the same as line {line}' },
  'import.contradicts': {
    zh: '与第 {line} 行的“{column}”矛盾：此行为“{here}”，第 {line} 行为“{there}”',
    en: 'contradicts line {line} in “{column}”: “{here}” here, “{there}” there',
  },
  'import.differs': { zh: '与第 {line} 行（{there}）不一致', en: 'does not agree with line {line} ({there})' },
  'import.second-payer': { zh: '第 {line} 行已是该房屋的缴费人', en: 'line {line} pays for the unit already' },
  'import.exists-as': { zh: '已登记为“{there:words}”', en: 'is there already as “{there:words}”' },
  'import.exists-otherwise': {
    zh: '已登记，但此项与登记的不同',
    en: 'is there already, and this is not what is there',
  },
  'import.exists-unsaid': { zh: '已登记，但登记中没有此项', en: 'is there already, without this' },
  'import.exists-as-several': {
    zh: '这些联系方式分属几个同名业户，请先合并或核对',
    en: 'these contact ways are of several parties with this name; merge them or look which it is',
  },
  'import.way-not-there': {
    zh: '该业户已登记，但没有此联系方式，请先由前台补登或更正',
    en: 'this party is there already, without this contact way; add it there first',
  },
  'import.ways-more': {
    zh: '该业户已登记，另有此行没有的联系方式（电话 {phones} 个、邮箱 {emails} 个）',
    en: 'this party is there already, with contact ways that are not here ({phones#number|numbers}, {emails#address|addresses} in all)',
  },
  'import.consent-differs': {
    zh: '该业户已登记，联系方式相同，但同意或用途不同',
    en: 'this party is there already with these contact ways, but another consent or purpose',
  },
  'import.other-payer': {
    zh: '该房屋已有其他缴费人；如已过户，请在房屋中办理变更',
    en: 'somebody else pays for the unit already; a sale is entered at the unit',
  },
  'import.unknown-unit': { zh: '没有此房屋：{place}', en: 'there is no such unit: {place}' },
  'import.entrance-unsaid': {
    zh: '没有写明单元，可能是以下房屋：{places}；请补充“单元”；确为另一处房屋的，导入房屋时请加“确认”（sure）',
    en: 'the entrance is not said; it could be {places}. Say which. Where it is a home of its own, import the units with sure',
  },
  'import.entrance-needed': {
    zh: '该楼栋的房屋分单元（如 {places}），请补充“单元”；确为另一处房屋的，导入房屋时请加“确认”（sure）',
    en: 'homes of this building have entrances (such as {places}); say which. Where it is a home of its own, import the units with sure',
  },
  'import.entrance-said': {
    zh: '可能就是已登记的 {places}（登记时没有写单元）；如是同一房屋，请先更正其单元；确为另一处房屋的，导入房屋时请加“确认”（sure）',
    en: 'it could be {places}, which was entered without its entrance; where it is the same, correct that unit first. Where it is a home of its own, import the units with sure',
  },
  'import.phase-unsaid': {
    zh: '没有写明期/区，可能是以下房屋：{places}；请补充“期/区”；确为另一处房屋的，导入房屋时请加“确认”（sure）',
    en: 'the phase is not said; it could be {places}. Say which. Where it is a home of its own, import the units with sure',
  },
  'import.phase-said': {
    zh: '可能就是已登记的 {places}（登记时没有写期/区）；如是同一房屋，请先更正；确为另一处房屋的，导入房屋时请加“确认”（sure）',
    en: 'it could be {places}, which was entered without its phase; where it is the same, correct that unit first. Where it is a home of its own, import the units with sure',
  },
  'import.place-contradicts': {
    zh: '{level:words}前后矛盾：一处为“{said}”，一处为“{other}”',
    en: 'the {level:words} contradicts itself: “{said}” in one cell, “{other}” in another',
  },
  'import.merged': {
    zh: '单元格合并了第 {from} 至 {to} 行，无法确定每行各应填什么；请取消合并，逐行填写',
    en: 'one cell is merged over lines {from} to {to}: what belongs in each of them, nobody can tell. Fill in every line',
  },
  'import.formula': {
    zh: '以“=”“+”“@”等开头，像公式，不能作为名称',
    en: 'begins like a formula, and cannot be a name',
  },
  'import.no-such-position': {
    zh: '该账号没有此岗位，请在员工中办理',
    en: 'this sign-in has no such position; it is given at the member of staff',
  },
  'import.inactive': { zh: '该账号已停用', en: 'this sign-in is deactivated' },
  'import.sign-in-taken': { zh: '该登录账号已属于另一员工', en: 'this sign-in is, or was, somebody else’s' },
  'import.unknown-site': { zh: '没有此项目', en: 'there is no such site' },
  'import.unknown-department': { zh: '该项目没有此部门', en: 'the site has no such department' },
  'import.department-needed': { zh: '部门主任须指明部门', en: 'a department head needs a department' },
  'import.too-many': { zh: '最多 {max} 个', en: 'at most {max}' },
};
