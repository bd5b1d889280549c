import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { expect, it } from 'vitest';
import { readDeployment } from '../local/template/index.ts';
import { IMPACT } from '../shared/lambda/impact.ts';
import { factsOf } from './bench/facts.ts';
import { idleIn } from './bench/idle.ts';
import { allRoutes } from './support/requests.ts';

/** What the synthesized templates say of logs, the sign-in and open functions: nothing of it shows on the local cloud. */
const OUT = join(import.meta.dirname, '..', 'cdk.out');
// biome-ignore lint/suspicious/noExplicitAny: a template is read here as it lies there
type Properties = Record<string, any>;
interface Template {
  Resources: Record<string, { Type: string; Properties: Properties; Condition?: string; Metadata?: Properties }>;
  Parameters?: Record<string, { Default: unknown; AllowedValues?: string[] }>;
  Conditions?: Record<string, unknown>;
}
const templates = () =>
  globSync('*.template.json', { cwd: OUT }).map((file) => ({
    file,
    ...(JSON.parse(readFileSync(join(OUT, file), 'utf8')) as Template),
  }));
const only = (type: string) => {
  const [one, ...more] = all(type);
  if (!one || more.length > 0) throw new Error(`${more.length} more than one ${type}, or none`);
  return one;
};
const all = (type: string) =>
  templates().flatMap(({ file, Resources, Parameters = {}, Conditions = {} }) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => ({
        at: `${file} ${id}`,
        id,
        file,
        properties: Properties,
        Parameters,
        Conditions,
      })),
  );

it('keeps every log six months, or as long as the deployment says, and never shorter', () => {
  const logs = all('AWS::Logs::LogGroup');
  expect(logs.length).toBeGreaterThan(80);
  for (const { at, properties, Parameters } of logs) {
    expect(properties.RetentionInDays, at).toEqual({ Ref: 'LogDays' });
    expect(Parameters.LogDays, at).toMatchObject({
      Default: 180,
      AllowedValues: expect.arrayContaining(['180', '365']),
    });
    for (const days of Parameters.LogDays?.AllowedValues ?? []) expect(Number(days), at).toBeGreaterThanOrEqual(180);
  }
  // A function without one of these would have one of its own making, kept for ever.
  // Lambda logs of itself what failed only: starts and reports of what went well would be most of the bill.
  for (const { at, properties } of all('AWS::Lambda::Function')) {
    expect(properties.LoggingConfig, at).toMatchObject({
      LogGroup: expect.anything(),
      LogFormat: 'JSON',
      SystemLogLevel: 'WARN',
    });
  }
});

it('writes down of a request which it was, what was asked and by whom: never a path, for a link is a secret', () => {
  const { Format } = only('AWS::ApiGatewayV2::Stage').properties.AccessLogSettings;
  const said = [...Format.matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name);
  expect(said).toEqual(expect.arrayContaining(['requestId', 'routeKey', 'authorizer.claims.sub', 'status']));
  const known = ['requestId', 'routeKey', 'authorizer.claims.sub', 'status', 'requestTimeEpoch', 'responseLatency'];
  for (const name of said) expect(known).toContain(name);
  expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', route: '$context.routeKey' });
});

it('takes one value of what concerns the whole deployment for all stacks at once', () => {
  for (const { file, Parameters } of templates()) {
    for (const name of ['LogDays', 'MailFrom', 'AdminSubject']) expect(Parameters, file).toHaveProperty(name);
  }
});

/** The system as it stands with these parameters; everything that is said anywhere in it. */
const deployedWith = (n: number) => {
  const parameters = {
    MailFrom: `sender-${n}@example.com`,
    AdminSubject: `admin-${n}`,
    OidcIssuer: `https://issuer-${n}.example.com`,
    OidcAudience: `audience-${n}`,
    MailPerSecond: `${600 + n}`,
    OpenParallel: `${700 + n}`,
    RunWorkers: `${800 + n}`,
    RebuildWorkers: `${810 + n}`,
    ReportWriters: `${820 + n}`,
    DuePartitions: `${40 + n}`,
  };
  const deployment = readDeployment(OUT, { parameters });
  const said = new Set<string>();
  JSON.stringify(deployment, (_, value) => {
    if (typeof value !== 'object') said.add(String(value));
    return value;
  });
  return { parameters, said, deployment };
};

it('carries a changed parameter everywhere, and to no stack through another: AWS refuses to change what is imported', () => {
  const [one, other] = [deployedWith(1), deployedWith(2)];
  for (const [name, value] of Object.entries(one.parameters)) {
    expect([one.said.has(value), other.said.has(value)], name).toEqual([true, false]);
  }
  expect(one.said.has('huiyin@example.com')).toBe(false);
  expect(one.deployment.outputs).toEqual(other.deployment.outputs);
});

it('leaves room in AWS: for routes, what they lead to, the policies of functions, and the resources of each stack', () => {
  const keys = all('AWS::ApiGatewayV2::Route').map(({ properties }) => properties.RouteKey);
  expect(new Set(keys).size).toBe(keys.length);
  // 300 of each to an API, of which only that of routes can be raised.
  expect(keys.length).toBeLessThan(200);
  expect(all('AWS::ApiGatewayV2::Integration').length).toBeLessThan(100);
  // One permission for a function, however many routes, rules or topics it serves; a policy has 20 KB.
  const served = all('AWS::Lambda::Permission').filter(({ properties }) => /apigateway/.test(properties.Principal));
  const functions = served.map(({ file, properties }) => `${file} ${JSON.stringify(properties.FunctionName)}`);
  expect(new Set(functions).size).toBe(functions.length);
  // 500 is CloudFormation's.
  for (const { file, Resources } of templates()) expect(Object.keys(Resources).length, file).toBeLessThan(300);
});

it('signs people in with the code flow alone, and sends them back to this deployment alone', () => {
  const { CallbackURLs, LogoutURLs, ...properties } = only('AWS::Cognito::UserPoolClient').properties;
  expect(properties).toMatchObject({
    AllowedOAuthFlows: ['code'],
    AllowedOAuthFlowsUserPoolClient: true,
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    SupportedIdentityProviders: ['COGNITO'],
  });
  expect(properties.AllowedOAuthScopes).not.toContain('aws.cognito.signin.user.admin');
  const own = [
    'https://',
    { Ref: only('AWS::ApiGatewayV2::Api').id },
    '.execute-api.',
    { Ref: 'AWS::Region' },
    '.',
    { Ref: 'AWS::URLSuffix' },
    '/',
  ];
  for (const urls of [CallbackURLs, LogoutURLs]) expect(urls).toEqual([{ 'Fn::Join': ['', own] }]);
  only('AWS::Cognito::UserPoolDomain');
});

it('sets executions aside for open functions only where the deployment says so, and for no other', async () => {
  const open = (await allRoutes()).flatMap(({ method, path, who }) =>
    who === 'everybody' ? [`${method} ${path}`] : [],
  );
  const integrations = new Map(all('AWS::ApiGatewayV2::Integration').map((one) => [`${one.file} ${one.id}`, one]));
  const serving = new Set(
    all('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => open.includes(properties.RouteKey))
      .map(({ file, properties }) => {
        const target = JSON.stringify(properties.Target);
        const found = [...integrations].find(([at, { id }]) => at.startsWith(file) && target.includes(`"${id}"`));
        return `${file} ${JSON.stringify(found?.[1].properties.IntegrationUri)}`;
      }),
  );
  expect(serving.size).toBeGreaterThan(2);
  const isOpen = ({ file, id }: { file: string; id: string }) =>
    [...serving].some((one) => one.startsWith(file) && one.includes(`"${id}"`));
  const functions = all('AWS::Lambda::Function');
  expect(functions.filter(isOpen)).toHaveLength(serving.size);
  for (const one of functions) {
    const reserved = one.properties.ReservedConcurrentExecutions as { 'Fn::If': [string, unknown, unknown] };
    if (!isOpen(one)) expect(reserved, one.at).toBeUndefined();
    else {
      const [condition, none, some] = reserved['Fn::If'];
      expect([none, some], one.at).toEqual([{ Ref: 'AWS::NoValue' }, { Ref: 'OpenParallel' }]);
      expect(one.Conditions[condition], one.at).toEqual({ 'Fn::Equals': [{ Ref: 'OpenParallel' }, '0'] });
      expect(one.Parameters.OpenParallel, one.at).toMatchObject({ Default: 0 });
    }
  }
});

it('deploys no source map, and tells each function which build it is', () => {
  expect(globSync('asset.*/**/*.map', { cwd: OUT })).toEqual([]);
  for (const { at, properties } of all('AWS::Lambda::Function'))
    expect(properties.Environment.Variables.BUILD, at).toMatch(/^[0-9a-f]{64}$/);
});

it('ends every function of the API before API Gateway gives up on it', () => {
  const functions = new Map(
    all('AWS::Lambda::Function').map(({ file, id, properties }) => [`${file} ${id}`, properties]),
  );
  const integrations = all('AWS::ApiGatewayV2::Integration');
  expect(integrations.length).toBeGreaterThan(20);
  for (const { at, file, properties } of integrations) {
    const [id] = properties.IntegrationUri['Fn::GetAtt'];
    expect(functions.get(`${file} ${id}`)?.Timeout, at).toBeLessThan(29);
  }
});

it('rings at most 25 alarms, each over one metric, which says what it means and where stands what to do', () => {
  const alarms = all('AWS::CloudWatch::Alarm');
  expect(alarms.length).toBeLessThanOrEqual(25);
  for (const { at, properties } of alarms) {
    expect(properties, at).toMatchObject({ MetricName: expect.any(String), AlarmActions: [expect.anything()] });
    expect(properties, at).not.toHaveProperty('Metrics');
    expect(properties.AlarmDescription, at).toMatch(/Runbook: docs\/runbooks\/alarms\.md#/);
    // CloudWatch's limit.
    expect(properties.AlarmDescription.length, at).toBeLessThanOrEqual(1024);
  }
  const over = (name: string) => alarms.filter(({ properties }) => properties.MetricName === name);
  for (const name of ['Throttles', 'Errors', 'Latency']) expect(over(name), name).toHaveLength(1);
  expect(over('Behind')).toHaveLength(2);
  // One metric is of many functions: the mail has the question to the log that names the one.
  for (const { at, properties } of [...over('Failed'), ...over('Behind')]) {
    const [{ Name, Value }] = properties.Dimensions;
    expect(properties.AlarmDescription, at).toContain(
      `filter ${Name} = "${Value}" and ispresent(${properties.MetricName})`,
    );
    expect(properties.AlarmDescription, at).toContain('by fn');
  }
  const impacts = over('Failed').map(({ properties }) => properties.Dimensions[0].Value);
  expect(impacts.sort()).toEqual(Object.keys(IMPACT).sort());
  // What is paid for them by the month: the metrics are those that the shells write, one for each impact and two of what is behind.
  expect(idleIn(OUT)).toMatchObject({ alarms: alarms.length, metrics: impacts.length + 2 });
  for (const { at, properties } of all('AWS::Lambda::Function')) {
    expect(impacts, at).toContain(properties.Environment.Variables.IMPACT);
    expect(properties.Description.length, at).toBeGreaterThan(10);
  }
});

it('gives the load model its bounds as numbers, whatever of them is a parameter', () => {
  const { apiPerSecond, mailPerSecond, widths, timeouts } = factsOf(OUT);
  const bounds = Object.entries({ apiPerSecond, mailPerSecond, ...widths, ...timeouts });
  for (const [what, bound] of bounds) expect(bound, what).toBeGreaterThan(0);
});

it('keeps the dead letters of a stack in one queue, and says of which function or queue they may be', () => {
  for (const { file, Resources } of templates()) {
    const queues = Object.values(Resources).filter(({ Type }) => Type === 'AWS::SQS::Queue');
    const dead = queues.filter(({ Metadata }) => Metadata?.Sources);
    const ofStack = dead.filter(
      ({ Metadata, Properties: { FifoQueue } }) =>
        !FifoQueue && !('reporting-figures-differ' in (Metadata?.Sources ?? {})),
    );
    expect(ofStack.length, file).toBeLessThanOrEqual(1);
    for (const { Metadata } of dead) expect(Object.keys(Metadata?.Sources ?? {}).length, file).toBeGreaterThan(0);
    // The mail of their alarm says so as well.
    const descriptions = Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties.AlarmDescription as string);
    for (const { Metadata } of dead)
      expect(descriptions, file).toContainEqual(
        expect.stringContaining(` Of one of: ${Object.keys(Metadata?.Sources ?? {}).join(', ')}.`),
      );
  }
});

it('defines each state machine in the language of AWS, which no boot of the local cloud asks again', () => {
  const { machines } = deployedWith(1).deployment;
  expect(machines.length).toBeGreaterThan(2);
  const made = (definition: object) => new StateMachine(definition as StateMachineDefinition);
  for (const { path, definition } of machines) {
    expect(() => made(definition), path).not.toThrow();
    // Of what isn't in the language the library says so, whatever the machine.
    expect(() => made({ ...definition, StartAt: undefined }), path).toThrow('definition is invalid');
  }
});
