import { localDay } from '../../shared/time/clock.ts';
import type { Cloud } from '../cloud.ts';

/** Lakeside's: which day it is there is not everywhere's. */
const ZONE = 'Asia/Shanghai';

/** What the boot says when it is up: where things are, and one call for each kind of user. The first URL is the API's. */
export const guide = async (
  { apiUrl, issuerUrl, mailboxUrl, endpointUrl, clock }: Cloud,
  speed: number,
): Promise<string> => {
  const as = (sub: string) => `-H "Authorization: Bearer $(curl -s '${issuerUrl}/as?sub=${sub}')"`;
  const command = `-H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%s%N)"`;
  const today = localDay(clock.now(), ZONE);
  const complaint =
    '{"channel":"call","rings":2,"outcome":{"as":"complaint","kind":"noise","department":"security","words":"楼上装修太吵。"}}';
  return `
Huiyin is running${speed === 1 ? '' : `, ${speed} times as fast as the wall clock`}.

  API        ${apiUrl}
  document   ${apiUrl}/openapi.json   (page: ${apiUrl}/docs)
  mailbox    ${mailboxUrl}
  sign-in    ${issuerUrl}/authorize
  AWS        ${endpointUrl}   (endpoint for SDK clients)

One call each:

  # agent: a call comes in and is a complaint
  curl -s ${apiUrl}/sites/lakeside/contacts ${as('lakeside-agent-1')} ${command} -d '${complaint}'

  # supervisor: what is open
  curl -s '${apiUrl}/sites/lakeside/complaints' ${as('lakeside-supervisor')}

  # department head: who has told me what
  curl -s '${apiUrl}/inbox' ${as('lakeside-engineering')}

  # centre manager: callbacks still owed
  curl -s '${apiUrl}/sites/lakeside/callbacks' ${as('lakeside-manager')}

  # centre manager: this month's bill run
  curl -s '${apiUrl}/sites/lakeside/runs?state=finished' ${as('lakeside-manager')}

  # agent: what is to be printed and handed over; a payment goes to …/accounts/{account}/payments
  curl -s '${apiUrl}/sites/lakeside/letters?state=to-print' ${as('lakeside-agent-1')}

  # supervisor: what another dunning ladder would do, without sending anything
  curl -s '${apiUrl}/sites/lakeside/dunning/rehearsal?reminder=5' ${as('lakeside-supervisor')}

  # site director: the site's figures
  curl -s '${apiUrl}/sites/lakeside/figures?from=${today}&to=${today}&by=day' ${as('lakeside-director')}

  # quality manager: the cases behind a figure
  curl -s '${apiUrl}/sites/lakeside/figures/Q2/cases?day=${today}' ${as('quality-manager')}

  # group manager: every site
  curl -s '${apiUrl}/figures?from=${today}&to=${today}&by=day' ${as('group-manager')}

  # supervisor: what falls due within two days, and what the figures would be
  curl -s '${apiUrl}/sites/lakeside/at-risk?within=48' ${as('lakeside-supervisor')}

  # administrator: the sites
  curl -s '${apiUrl}/sites' ${as('admin')}

Ctrl-C ends it; the next start goes on from here.
`;
};
