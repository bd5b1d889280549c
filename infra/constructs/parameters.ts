import { CfnParameter, type CfnParameterProps, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What CloudWatch takes from six months on, for so long network logs are kept at least (Cybersecurity Law 网络安全法, art. 21). */
const LOG_DAYS = [180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const number = (standard: number, description: string, bounds: CfnParameterProps = {}): CfnParameterProps => ({
  ...{ type: 'Number', default: standard, minValue: 1, description },
  ...bounds,
});
const text = (standard: string, description: string): CfnParameterProps => ({
  ...{ type: 'String', default: standard, description },
});

/** What every stack has, so that one `--parameters MailFrom=…` goes to all of them. */
const OF_ALL = {
  LogDays: number(180, 'Days that logs are kept: six months, or longer', { allowedValues: LOG_DAYS.map(String) }),
  MailFrom: text('huiyin@example.com', 'The verified address that mails come from'),
  AdminSubject: text('', 'The OIDC subject that sets the group up'),
};

/** What a stack has that needs it. */
const OF_SOME = {
  OidcIssuer: text('', 'The OIDC issuer; a Cognito user pool of its own when left empty'),
  OidcAudience: text('', 'The audience of its tokens'),
  DuePartitions: number(
    1,
    'Partitions of the due index, when one is too hot; a smaller number than before changes nothing',
    { maxValue: 64 },
  ),
  MailPerSecond: number(14, "Letters mailed a second, under the account's SES quota"),
  OpenParallel: number(
    0,
    'Executions set aside for a function that serves whoever has a link, and its most; 0: none, for a new account has few',
    { minValue: 0 },
  ),
  RequestsPerSecond: number(200, 'Requests a second of all who sign in, together; more are answered 429'),
  RequestBurst: number(400, 'Requests of theirs at once'),
  OpenRequestsPerSecond: number(20, 'Requests a second to each route that needs no sign-in'),
  OpenRequestBurst: number(40, 'Requests to each of those at once'),
  // Ten at once stay below what a partition of a table takes.
  RunWorkers: number(10, 'Parts of bill runs worked on at once', { minValue: 2, maxValue: 1000 }),
  RebuildWorkers: number(10, 'Parts of rebuilds worked on at once', { minValue: 2, maxValue: 1000 }),
  ReportWriters: number(5, 'Reports written at once', { minValue: 2, maxValue: 1000 }),
};

/**
 * What a deployment may set, in the stack that asks for it. Nothing that depends on a value may be imported by another stack: AWS
 * refuses to change what is imported, so each stack has the parameter itself (`test/template.test.ts`).
 */
export const parameter = (scope: Construct, name: keyof typeof OF_ALL | keyof typeof OF_SOME): CfnParameter => {
  const stack = Stack.of(scope);
  const known = stack.node.tryFindChild(name) as CfnParameter | undefined;
  return known ?? new CfnParameter(stack, name, { ...OF_ALL, ...OF_SOME }[name]);
};

/** A stack has these even where it needs none: a parameter that is given for all is refused by one that hasn't it. */
export const parametersOfAll = (stack: Stack): void => {
  for (const name of Object.keys(OF_ALL)) parameter(stack, name as keyof typeof OF_ALL);
};
