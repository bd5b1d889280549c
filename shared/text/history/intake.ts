import type { Telling } from './template.ts';

/** The front desk's contacts. */
export const INTAKE_SENTENCES: Readonly<Record<string, Telling>> = {
  'contact.received': {
    zh: '{by}登记{channel=contact-channel}（{receivedAt:time}）[，房屋{unit:unit}][，业户{party:party}][：{words:text}]',
    en: '{by} recorded the {channel=contact-channel} of {receivedAt:time}[, of {unit:unit}][, from {party:party}][: {words:text}]',
  },
  'contact.not-answered': {
    zh: '{by}登记：来电未接听[，响铃 {rings} 声]',
    en: '{by} recorded that nobody answered[; it rang {rings#time|times}]',
  },
  'contact.answered': {
    zh: '{takenBy:staff}于 {answeredAt:time} [!rings?接待][rings?接听，响铃 {rings} 声][inTime?，应答及时][!inTime?，应答超时]',
    en: '{takenBy:staff} answered on {answeredAt:time}[, after {rings#ring|rings}][inTime?, in time][!inTime?, too late]',
  },
  'contact.settled': {
    zh: '{by}当场办结[：{words:text}]',
    en: '{by} settled it at once[: {words:text}]',
  },
  'contact.routed': ({ as }) =>
    as === 'complaint'
      ? {
          zh: '{by}登记为[{kind=kind}]投诉[anonymous?（匿名）][confidential?（要求保密）]，转{department:department}[，被投诉人{about.staff:staff}]：{words:text}',
          en: '{by} recorded a complaint[anonymous? (anonymous)][confidential? (in confidence)][ about {kind=kind}] for {department:department}[, against {about.staff:staff}]: {words:text}',
        }
      : {
          zh: '{by}登记为{as=routed-as}，转{department:department}办理[anonymous?（匿名）][confidential?（要求保密）][，要求 {owedBy:due} 前受理]：{words:text}',
          en: '{by} recorded {as=routed-as} for {department:department}[anonymous? (anonymous)][confidential? (in confidence)][, to be accepted by {owedBy:due}]: {words:text}',
        },
  'contact.accepted': ({ proxyFor }) =>
    proxyFor === undefined
      ? {
          zh: '{by}接单[，由{department:department}受理][（受理时限 {acceptDue:due}）]',
          en: '{by} accepted it[ for {department:department}][ (to be accepted by {acceptDue:due})]',
        }
      : {
          zh: '{by}代录：{proxyFor:staff}口头接单[，由{department:department}受理][（受理时限 {acceptDue:due}）]',
          en: '{by} recorded that {proxyFor:staff} accepted it by word of mouth[ for {department:department}][ (to be accepted by {acceptDue:due})]',
        },
  'contact.promised': {
    zh: '{by}承诺 {replyBy:due} 前答复',
    en: '{by} promised a reply by {replyBy:due}',
  },
  'contact.replied': {
    zh: '{by}按承诺答复：{words:text}',
    en: '{by} gave the promised reply: {words:text}',
  },
};
