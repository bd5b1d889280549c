/** Refusals of the registry. */
export const REGISTRY = {
  'site.already-there': { zh: '该项目编号已存在', en: 'There is a site with this id already' },
  'site.department-kept': {
    zh: '部门只能新增或改名，不能删除：{departments}',
    en: 'Departments can be added and renamed, not removed: {departments}',
  },
  'policy.looser': {
    zh: '项目政策只能比集团更严，不能更宽：{means:words}',
    en: "A site may tighten the group's policy, never loosen it: {means:words}",
  },
  'policy.contradiction': {
    zh: '政策自相矛盾：“{less:words}”须小于“{more:words}”',
    en: 'The policy contradicts itself: “{less:words}” has to be less than “{more:words}”',
  },
  'policy.in-the-past': { zh: '生效时间不能早于现在', en: 'A policy takes effect now or later, never earlier' },
  'policy.too-many': {
    zh: '待生效的政策版本最多 {max} 个',
    en: 'At most {max#version|versions} of a policy may lie ahead',
  },
  'unit.already-there': { zh: '该房屋已存在：{unit}', en: 'There is a unit at this place already: {unit}' },
  'unit.area-needed': { zh: '除车位外，面积必须大于 0', en: 'Only a parking space may have no area' },
  'unit.too-many-parties': { zh: '一个房屋最多 {max} 个业户', en: 'A unit may have at most {max#party|parties}' },
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
    en: 'At most {max#party|parties} can be part of one',
  },
  'party.not-merged': { zh: '该业户未被合并，无需撤销合并', en: 'This party was not merged into another' },
  'party.merged-on': {
    zh: '其并入的业户之后又并入了另一业户，请先撤销后一次合并',
    en: 'The party it was merged into was itself merged into another since; take that back first',
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
    zh: '不能更改本人的权限、停用本人账号或将本人登记为员工',
    en: 'Nobody changes their own grants, deactivates themselves or enters themselves as staff',
  },
  'staff.sign-in-by-two': {
    zh: '登录账号不能直接更改：请先申请更换，由另一位管理员同意',
    en: 'A sign-in is not changed here: ask for it (sign-in), and another administrator decides',
  },
  'staff.another-administrator': {
    zh: '须由申请人和员工本人以外的另一位管理员同意',
    en: 'Another administrator agrees to it: neither who asked nor whose sign-in it is',
  },
  'staff.sign-in-not-asked': {
    zh: '没有待审批的此项登录账号更换，可能已被新的申请取代',
    en: 'Nobody asks for this sign-in, or no more: look again at what is asked for',
  },
};
