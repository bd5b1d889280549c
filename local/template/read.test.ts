import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { functionResources, writeAssembly } from './fixtures/assembly.ts';
import { type ReadOptions, readDeployment, TemplateError } from './index.ts';

const written: string[] = [];
afterEach(() => {
  for (const dir of written.splice(0)) rmSync(dir, { recursive: true });
});

function read(templates: Record<string, object>, options?: ReadOptions) {
  const dir = writeAssembly(templates);
  written.push(dir);
  return { dir, deployment: readDeployment(dir, options) };
}

function problemsOf(templates: Record<string, object>, options?: ReadOptions): string[] {
  try {
    read(templates, options);
  } catch (error) {
    if (error instanceof TemplateError) return error.problems;
    throw error;
  }
  return [];
}

test('a function has its folder, its path, its variables and its policies across stacks', () => {
  const { dir, deployment } = read({
    Base: {
      Resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'huiyin' } } },
      Outputs: { Bus: { Value: { 'Fn::GetAtt': ['Bus', 'Arn'] }, Export: { Name: 'Base:Bus' } } },
    },
    Cases: {
      Resources: {
        ...functionResources({
          Timeout: 20,
          MemorySize: 512,
          Environment: { Variables: { BUS: { 'Fn::ImportValue': 'Base:Bus' } } },
        }),
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'p',
            Roles: [{ Ref: 'Role' }],
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: { 'Fn::ImportValue': 'Base:Bus' } }],
            },
          },
        },
      },
    },
  });
  const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/huiyin';
  expect(deployment.functions[0]).toMatchObject({
    path: 'Cases/Handler',
    name: 'Cases-Handler',
    code: join(dir, 'asset.code'),
    timeoutMs: 20_000,
    memoryMb: 512,
    environment: { BUS: bus },
    role: { name: 'Cases-Role', policies: [{ Statement: [{ Resource: bus }] }] },
    async: { retries: 2, maxAgeMs: 21_600_000 },
  });
  expect(deployment.outputs.Base).toEqual({ Bus: bus });
});

test('an invocation that went well is on the log unless the format is JSON and the level WARN', () => {
  const logs = (logging: object) =>
    read({ Cases: { Resources: functionResources({ LoggingConfig: logging }) } }).deployment.functions[0]
      ?.logsInvocations;
  expect(logs({ LogFormat: 'JSON', SystemLogLevel: 'WARN' })).toBe(false);
  expect([logs({}), logs({ LogFormat: 'JSON' }), logs({ LogFormat: 'Text', SystemLogLevel: 'WARN' })]).toEqual([
    ...[true, true, true],
  ]);
});

test('a bucket has a name S3 takes; its policy may refuse calls without TLS, and say nothing else', () => {
  const policy = (Effect: string, Condition: object) => ({
    Cases: {
      Resources: {
        Export: { Type: 'AWS::S3::Bucket', Properties: {} },
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Export' },
            PolicyDocument: { Statement: [{ Effect, Principal: '*', Action: 's3:*', Resource: '*', Condition }] },
          },
        },
      },
    },
  });
  const tls = { Bool: { 'aws:SecureTransport': 'false' } };
  expect(read(policy('Deny', tls)).deployment.buckets).toEqual([
    { logicalId: 'Export', arn: 'arn:aws:s3:::cases-export', name: 'cases-export' },
  ]);
  expect(problemsOf(policy('Allow', tls))).toEqual([
    'Cases/Policy (AWS::S3::BucketPolicy): of bucket policies only the refusal of calls without TLS is known here',
  ]);
});

test('every unknown type and property is named at once, with its stack and place', () => {
  const problems = problemsOf({
    Cases: {
      Resources: {
        ...functionResources({ Runtime: 'nodejs20.x', SnapStart: { ApplyOn: 'None' } }),
        Bucket: { Type: 'AWS::Kinesis::Stream', Properties: {} },
        Work: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { maxReceiveCount: 3, other: 1 } } },
      },
    },
  });
  expect(problems).toEqual([
    'Cases/Handler (AWS::Lambda::Function): Runtime: "nodejs20.x" (known here: nodejs24.x)',
    'Cases/Handler (AWS::Lambda::Function): SnapStart: unknown property',
    'Cases/Bucket (AWS::Kinesis::Stream): unknown resource type',
    'Cases/Work (AWS::SQS::Queue): RedrivePolicy.other: unknown property',
  ]);
});

test('parameters decide conditions, and what a false condition holds does not exist', () => {
  const template = {
    Parameters: { Issuer: { Type: 'String', Default: '' } },
    Conditions: { OwnPool: { 'Fn::Equals': [{ Ref: 'Issuer' }, ''] } },
    Resources: { Work: { Type: 'AWS::SQS::Queue', Condition: 'OwnPool', Properties: {} } },
    Outputs: { Issuer: { Value: { 'Fn::If': ['OwnPool', { Ref: 'Work' }, { Ref: 'Issuer' }] } } },
  };
  const given = read({ Base: template }, { parameters: { Issuer: 'http://sign-in' } }).deployment;
  expect(given.queues).toEqual([]);
  expect(given.outputs.Base?.Issuer).toBe('http://sign-in');
  const own = read({ Base: template }, { endpoints: { gateway: 'http://127.0.0.1:1' } }).deployment;
  expect(own.outputs.Base?.Issuer).toBe('http://127.0.0.1:1/000000000000/Base-Work');
  expect(problemsOf({ Base: template }, { parameters: { Isuer: 'x' } })).toEqual([
    'parameter Isuer: no stack declares it',
  ]);
});

test('a table of TableV2 has keys, indexes and its stream', () => {
  const key = (name: string, KeyType: string) => ({ AttributeName: name, KeyType });
  const { deployment } = read({
    Base: {
      Resources: {
        Table: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            AttributeDefinitions: ['pk', 'sk', 'due'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
            BillingMode: 'PAY_PER_REQUEST',
            KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
            GlobalSecondaryIndexes: [
              { IndexName: 'due', KeySchema: [key('due', 'HASH')], Projection: { ProjectionType: 'KEYS_ONLY' } },
            ],
            Replicas: [{ Region: { Ref: 'AWS::Region' }, DeletionProtectionEnabled: true }],
            StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
          },
        },
      },
    },
  });
  expect(deployment.tables[0]).toMatchObject({
    name: 'Base-Table',
    key: { hash: 'pk', range: 'sk' },
    indexes: [{ name: 'due', key: { hash: 'due' }, projection: 'KEYS_ONLY' }],
    stream: { view: 'NEW_AND_OLD_IMAGES', arn: expect.stringContaining('table/Base-Table/stream/') },
  });
});

test('a rule that may not invoke its target is found when the template is read', () => {
  const rule = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['huiyin'] },
      Targets: [{ Id: 'a', Arn: { 'Fn::GetAtt': ['Handler', 'Arn'] } }],
    },
  };
  const permission = (SourceArn: unknown) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'Handler' },
      Principal: 'events.amazonaws.com',
      SourceArn,
    },
  });
  const granted = { 'Fn::GetAtt': ['Rule', 'Arn'] };
  expect(problemsOf({ A: { Resources: { ...functionResources(), Rule: rule, May: permission(granted) } } })).toEqual(
    [],
  );
  for (const resources of [{}, { May: permission('arn:aws:events:us-east-1:000000000000:rule/other') }]) {
    expect(problemsOf({ A: { Resources: { ...functionResources(), Rule: rule, ...resources } } })).toEqual([
      expect.stringContaining('no AWS::Lambda::Permission lets events.amazonaws.com invoke'),
    ]);
  }
});

test('a configuration set knows what it publishes to the default bus, and no other place is known', () => {
  const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
  const destination = (EventDestination: object, ConfigurationSetName: unknown = { Ref: 'Letters' }) => ({
    Type: 'AWS::SES::ConfigurationSetEventDestination',
    Properties: { ConfigurationSetName, EventDestination },
  });
  const toBus = { EventBridgeDestination: { EventBusArn: bus }, MatchingEventTypes: ['bounce', 'delivery'] };
  const set = { Type: 'AWS::SES::ConfigurationSet', Properties: {} };
  const good = { Letters: set, Heard: destination({ ...toBus, Enabled: true }), Off: destination(toBus) };
  expect(read({ A: { Resources: good } }).deployment.configurationSets).toEqual([
    { name: 'A-Letters', destinations: [['bounce', 'delivery']] },
  ]);
  const where = '(AWS::SES::ConfigurationSetEventDestination)';
  const unknown = {
    Opens: destination({ ...toBus, MatchingEventTypes: ['open'] }),
    Topic: destination({ MatchingEventTypes: ['bounce'], SnsDestination: { TopicARN: 'arn:aws:sns:x' } }),
  };
  expect(problemsOf({ A: { Resources: { Letters: set, ...unknown } } })).toEqual([
    `A/Opens ${where}: EventDestination.MatchingEventTypes: "open" (known here: send, delivery, bounce, complaint, reject)`,
    `A/Topic ${where}: EventDestination.SnsDestination: unknown property`,
  ]);
  const astray = {
    Elsewhere: destination({ EventBridgeDestination: { EventBusArn: 'arn:aws:events:x:1:event-bus/own' } }),
    Nobody: destination({ ...toBus, Enabled: true }, 'none'),
  };
  expect(problemsOf({ A: { Resources: { Letters: set, ...astray } } })).toEqual([
    `A/Elsewhere ${where}: SES publishes to the default bus only, not to "arn:aws:events:x:1:event-bus/own"`,
    `A/Nobody ${where}: refers to "none", which is no AWS::SES::ConfigurationSet of this deployment`,
  ]);
});

test('a state machine that asks for more than the local engine does is refused', () => {
  const machine = (...states: object[]) => ({
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        DefinitionString: JSON.stringify({
          StartAt: 's0',
          States: Object.fromEntries(states.map((s, i) => [`s${i}`, s])),
        }),
      },
    },
  });
  const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:x';
  const of = (...states: object[]) =>
    problemsOf({ A: { Resources: { ...functionResources(), ...machine(...states) } } });
  expect(
    of({ Type: 'Wait', TimestampPath: '$.next', Next: 's1' }, { Type: 'Task', Resource: lambda, End: true }),
  ).toEqual([]);
  const where = 'A/Machine (AWS::StepFunctions::StateMachine): definition: s0';
  expect(of({ Type: 'Task', Resource: lambda, HeartbeatSeconds: 5 })).toEqual([`${where}: HeartbeatSeconds`]);
  expect(of({ Type: 'Pass', Assign: { a: 1 } })).toEqual([`${where}: Assign`]);
  expect(of({ Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem' })).toEqual([
    expect.stringContaining('only Lambda functions'),
  ]);
  expect(of({ Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, States: {} } })).toEqual([
    `${where}: Map in mode DISTRIBUTED`,
  ]);
  expect(of({ Type: 'Pass', QueryLanguage: 'JSONata' })).toEqual([`${where}: only JSONPath`]);
});
