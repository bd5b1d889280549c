import type { Telling } from './template.ts';

/** Group, sites, units, parties, staff and what was imported. */
export const REGISTRY_SENTENCES: Readonly<Record<string, Telling>> = {
  'group.named': { zh: '{by}登记集团名称：{name:name}', en: '{by} named the group {name:name}' },
  'group.policy-changed': {
    zh: '{by}修改集团政策，各项目政策随之更新',
    en: "{by} changed the group's policy; that of every site follows",
  },
  'site.opened': {
    zh: '{by}启用项目{name:name}（{departments:count} 个部门）',
    en: '{by} opened the site {name:name} ({departments#department|departments})',
  },
  'site.changed': {
    zh: '{by}修改项目{name:name}的资料',
    en: '{by} changed the data of the site {name:name}',
  },
  'site.policy-set': {
    zh: '{by}发布项目政策[，自{policies.effective:from}起执行]',
    en: '{by} published the policy of the site[, in force from {policies.effective:from}]',
  },

  'unit.registered': {
    zh: '{by}登记房屋{data:place}（{kind=unit-kind}，{state=unit-state}）',
    en: '{by} entered the unit {data:place} ({kind=unit-kind}, {state=unit-state})',
  },
  'unit.changed': {
    zh: '{by}修改房屋资料：{data:place}（{kind=unit-kind}，{state=unit-state}）',
    en: '{by} corrected the unit: {data:place} ({kind=unit-kind}, {state=unit-state})',
  },
  'unit.party-linked': {
    zh: '{by}登记{party:party}为{relation=relation}[payer?，由其缴费][，自{since:day}起]',
    en: '{by} linked {party:party} as {relation=relation}[payer?, who pays][, from {since:day}]',
  },
  'unit.party-unlinked': {
    zh: '{by}解除{party:party}与房屋的关系，自{until:day}起',
    en: '{by} recorded that {party:party} no longer holds the unit, from {until:day}',
  },
  'unit.party-merged': {
    zh: '业户{party:party}已并入{into:party}，房屋随之转移',
    en: '{party:party} was merged into {into:party}, who holds the unit from now on',
  },
  'unit.party-parted': {
    zh: '业户合并已撤销，房屋由{from:party}转回{party:party}',
    en: 'The merge was taken back: {party:party} holds the unit again in the place of {from:party}',
  },
  'unit.withdrawn': {
    zh: '{by}撤销误录的房屋：{reason:text}',
    en: '{by} withdrew the unit, entered by mistake: {reason:text}',
  },

  'party.registered': { zh: '{by}登记业户{name:name}', en: '{by} entered the party {name:name}' },
  'party.changed': {
    zh: '{by}修改业户{name:name}的资料',
    en: '{by} corrected the data of {name:name}',
  },
  'party.restricted': {
    zh: '{by}登记限制使用其个人信息：{reason:text}',
    en: '{by} restricted what their data are used for: {reason:text}',
  },
  'party.unrestricted': {
    zh: '{by}解除个人信息使用限制：{reason:text}',
    en: '{by} took the restriction back: {reason:text}',
  },
  'party.erased': {
    zh: '姓名和联系方式已应本人要求删除',
    en: 'Name and contact ways were erased at their request',
  },
  'party.merged': {
    zh: '{by}将该业户并入{into:party}',
    en: '{by} merged this party into {into:party}',
  },
  'party.absorbed': {
    zh: '{by}将重复登记的业户并入{name:name}',
    en: '{by} merged a party that stood here twice into {name:name}',
  },
  'party.parted': {
    zh: '{by}撤销与{from:party}的合并，恢复为独立业户：{reason:text}',
    en: '{by} took back the merge into {from:party}: {reason:text}',
  },
  'party.released': {
    zh: '{by}撤销合并，误并入{name:name}的业户已分出',
    en: '{by} took back a merge: a party is no longer part of {name:name}',
  },
  'party.withdrawn': {
    zh: '{by}撤销误录的业户：{reason:text}',
    en: '{by} withdrew the party, entered by mistake: {reason:text}',
  },

  'staff.joined': {
    zh: '{by}登记员工{name:name}[，岗位：{grants.role=role}]',
    en: '{by} entered {name:name}[ as {grants.role=role}]',
  },
  'staff.changed': {
    zh: '{by}修改员工{name:name}的资料或岗位[，现任：{grants.role=role}]',
    en: '{by} changed data or positions of {name:name}[, now {grants.role=role}]',
  },
  'staff.stands-in': {
    zh: '{by}登记：在{for:staff}离岗期间由其代理[，代理岗位：{grants.role=role}]',
    en: '{by} recorded that they stand in for {for:staff}[ as {grants.role=role}]',
  },
  'staff.stood-in': {
    zh: '{by}登记：{for:staff}已返岗，代理结束',
    en: '{by} recorded that {for:staff} is back and nobody stands in for them',
  },
  'staff.sign-in-asked': {
    zh: '{by}申请更换登录账号，待另一位管理员审批：{reason:text}',
    en: '{by} asked for another sign-in; another administrator decides: {reason:text}',
  },
  'staff.sign-in-changed': {
    zh: '{by}同意更换登录账号（{askedBy:staff}申请）',
    en: '{by} agreed to another sign-in ({askedBy:staff} had asked)',
  },
  'staff.sign-in-refused': {
    zh: '{by}驳回更换登录账号的申请（{askedBy:staff}申请）',
    en: '{by} refused another sign-in ({askedBy:staff} had asked)',
  },
  'staff.deactivated': { zh: '{by}停用该员工', en: '{by} deactivated them' },
  'staff.activated': {
    zh: '{by}重新启用该员工[，岗位：{grants.role=role}]',
    en: '{by} made them active again[ as {grants.role=role}]',
  },

  'import.finished': ({ refused }) =>
    refused === true
      ? {
          zh: '{by}导入{kind=import-kind}未成功：{rows} 行中有 {badTotal} 行有误，未导入任何内容',
          en: '{by} tried to import {kind=import-kind}: {badTotal} of {rows#row|rows} were bad, nothing was imported',
        }
      : {
          zh: '{by}导入{kind=import-kind}：共 {rows} 行，写入 {accepted} 行[，已有 {unchanged} 行]',
          en: '{by} imported {kind=import-kind}: {accepted} of {rows#row|rows} taken[, {unchanged} there already]',
        },
};
