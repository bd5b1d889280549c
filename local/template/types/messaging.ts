import { arn, byLogicalId, type ResourceType } from '../resource.ts';
import { ENCRYPTION, LABELS, OBSERVED, USED } from '../shape.ts';

const RETRY = { MaximumRetryAttempts: USED, MaximumEventAgeInSeconds: USED } as const;

/** Events, queues and schedules. */
export const messagingTypes: Record<string, ResourceType> = {
  'AWS::Events::EventBus': {
    shape: { Name: USED, Description: LABELS, Tags: LABELS, KmsKeyIdentifier: ENCRYPTION, LogConfig: OBSERVED },
    identify: (self) => {
      const name = self.name('Name');
      return { ref: name, attributes: { Arn: arn(self, 'events', `event-bus/${name}`), Name: name } };
    },
  },
  'AWS::Events::Rule': {
    shape: {
      Name: USED,
      EventBusName: USED,
      EventPattern: USED,
      State: ['ENABLED', 'DISABLED'],
      Targets: {
        Id: LABELS,
        Arn: USED,
        RoleArn: USED,
        Input: USED,
        InputPath: USED,
        InputTransformer: { InputPathsMap: USED, InputTemplate: USED },
        RetryPolicy: RETRY,
        DeadLetterConfig: { Arn: USED },
        SqsParameters: { MessageGroupId: USED },
      },
      Description: LABELS,
      Tags: LABELS,
    },
    identify: (self) => {
      const name = self.name('Name', 64);
      const bus = self.property('EventBusName');
      const on = typeof bus === 'string' && bus !== 'default' ? `${bus.split('/').at(-1)}/` : '';
      return {
        ref: on ? `${on.slice(0, -1)}|${name}` : name,
        attributes: { Arn: arn(self, 'events', `rule/${on}${name}`) },
      };
    },
  },
  'AWS::SQS::Queue': {
    shape: {
      QueueName: USED,
      FifoQueue: USED,
      ContentBasedDeduplication: USED,
      VisibilityTimeout: USED,
      MessageRetentionPeriod: USED,
      DelaySeconds: USED,
      ReceiveMessageWaitTimeSeconds: USED,
      RedrivePolicy: { deadLetterTargetArn: USED, maxReceiveCount: USED },
      SqsManagedSseEnabled: ENCRYPTION,
      KmsMasterKeyId: ENCRYPTION,
      KmsDataKeyReusePeriodSeconds: ENCRYPTION,
      Tags: LABELS,
    },
    identify: (self) => {
      const suffix = self.property('FifoQueue') && !self.property('QueueName') ? '.fifo' : '';
      const name = self.name('QueueName', 80 - suffix.length) + suffix;
      const url = `${self.endpoints.gateway}/${self.account}/${name}`;
      return { ref: url, attributes: { Arn: arn(self, 'sqs', name), QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::SQS::QueuePolicy': { shape: { Queues: USED, PolicyDocument: USED }, identify: byLogicalId },
  'AWS::Scheduler::Schedule': {
    shape: {
      Name: USED,
      GroupName: USED,
      ScheduleExpression: USED,
      ScheduleExpressionTimezone: USED,
      State: ['ENABLED', 'DISABLED'],
      FlexibleTimeWindow: { Mode: ['OFF'] },
      Target: {
        Arn: USED,
        RoleArn: USED,
        Input: USED,
        RetryPolicy: RETRY,
        DeadLetterConfig: { Arn: USED },
      },
      KmsKeyArn: ENCRYPTION,
      Description: LABELS,
    },
    identify: (self) => {
      const name = self.name('Name', 64);
      const group = self.property('GroupName') ?? 'default';
      return { ref: name, attributes: { Arn: arn(self, 'scheduler', `schedule/${group}/${name}`) } };
    },
  },
  'AWS::Scheduler::ScheduleGroup': {
    shape: { Name: USED, Tags: LABELS },
    identify: (self) => {
      const name = self.name('Name', 64);
      return { ref: name, attributes: { Arn: arn(self, 'scheduler', `schedule-group/${name}`), Name: name } };
    },
  },
  'AWS::StepFunctions::StateMachine': {
    shape: {
      StateMachineName: USED,
      StateMachineType: ['STANDARD'],
      DefinitionString: USED,
      RoleArn: USED,
      LoggingConfiguration: OBSERVED,
      TracingConfiguration: OBSERVED,
      EncryptionConfiguration: ENCRYPTION,
      Tags: LABELS,
    },
    identify: (self) => {
      const name = self.name('StateMachineName', 80);
      const machine = arn(self, 'states', `stateMachine:${name}`);
      return { ref: machine, attributes: { Arn: machine, Name: name } };
    },
  },
};
