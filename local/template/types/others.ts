import { MAIL_EVENTS } from '../../model.ts';
import { arn, byLogicalId, type ResourceType } from '../resource.ts';
import { ENCRYPTION, LABELS, OBSERVED, USED } from '../shape.ts';

const SIGN_IN = 'no effect: sign-in';
const named =
  (service: string, kind: string, property: string): ResourceType['identify'] =>
  (self) => {
    const name = self.name(property);
    return { ref: name, attributes: { Arn: arn(self, service, `${kind}${name}`) } };
  };

/** Known as wholes and without effect here: logs, alarms, keys; and the mail identities. */
export const otherTypes: Record<string, ResourceType> = {
  'AWS::Logs::LogGroup': {
    shape: {
      LogGroupName: USED,
      RetentionInDays: OBSERVED,
      LogGroupClass: OBSERVED,
      DataProtectionPolicy: OBSERVED,
      KmsKeyId: ENCRYPTION,
      DeletionProtectionEnabled: OBSERVED,
      Tags: LABELS,
    },
    identify: (self) => {
      const name = self.name('LogGroupName', 512);
      return { ref: name, attributes: { Arn: arn(self, 'logs', `log-group:${name}:*`) } };
    },
  },
  'AWS::CloudWatch::Alarm': {
    shape: {
      AlarmName: USED,
      AlarmDescription: LABELS,
      ...Object.fromEntries(
        'ActionsEnabled AlarmActions OKActions InsufficientDataActions ComparisonOperator DatapointsToAlarm Dimensions EvaluateLowSampleCountPercentile EvaluationPeriods ExtendedStatistic MetricName Metrics Namespace Period Statistic Threshold TreatMissingData Unit'
          .split(' ')
          .map((property) => [property, OBSERVED] as const),
      ),
      Tags: LABELS,
    },
    identify: named('cloudwatch', 'alarm:', 'AlarmName'),
  },
  'AWS::CloudWatch::Dashboard': {
    shape: { DashboardName: USED, DashboardBody: OBSERVED, Tags: LABELS },
    identify: named('cloudwatch', 'dashboard/', 'DashboardName'),
  },
  'AWS::SNS::Topic': {
    shape: { TopicName: USED, DisplayName: LABELS, KmsMasterKeyId: ENCRYPTION, TracingConfig: OBSERVED, Tags: LABELS },
    identify: (self) => {
      const topic = arn(self, 'sns', self.name('TopicName'));
      return { ref: topic, attributes: { TopicArn: topic, TopicName: self.name('TopicName') } };
    },
  },
  // Only alarms publish to topics, and alarms don't ring here.
  'AWS::SNS::TopicPolicy': { shape: { Topics: OBSERVED, PolicyDocument: OBSERVED }, identify: byLogicalId },
  'AWS::SNS::Subscription': {
    shape: { TopicArn: OBSERVED, Protocol: OBSERVED, Endpoint: OBSERVED, RedrivePolicy: OBSERVED },
    identify: byLogicalId,
  },
  'AWS::KMS::Key': {
    shape: {
      KeyPolicy: ENCRYPTION,
      EnableKeyRotation: ENCRYPTION,
      PendingWindowInDays: ENCRYPTION,
      RotationPeriodInDays: ENCRYPTION,
      KeySpec: ENCRYPTION,
      KeyUsage: ENCRYPTION,
      Description: LABELS,
      Tags: LABELS,
    },
    identify: (self) => ({
      ref: self.logicalId,
      attributes: { Arn: arn(self, 'kms', `key/${self.logicalId}`), KeyId: self.logicalId },
    }),
  },
  'AWS::KMS::Alias': {
    shape: { AliasName: USED, TargetKeyId: ENCRYPTION },
    identify: (self) => ({ ref: self.name('AliasName', 256), attributes: {} }),
  },
  // ConfigurationSetAttributes is not known: mails name their configuration set themselves.
  'AWS::SES::EmailIdentity': {
    shape: {
      EmailIdentity: USED,
      DkimAttributes: SIGN_IN,
      DkimSigningAttributes: SIGN_IN,
      MailFromAttributes: SIGN_IN,
      FeedbackAttributes: OBSERVED,
      Tags: LABELS,
    },
    identify: (self) => {
      const identity = self.name('EmailIdentity', 320);
      const tokens = [1, 2, 3].flatMap((n) => [
        [`DkimDNSTokenName${n}`, `token${n}._domainkey.${identity}`],
        [`DkimDNSTokenValue${n}`, `token${n}.dkim.amazonses.com`],
      ]);
      return {
        ref: identity,
        attributes: { EmailIdentityArn: arn(self, 'ses', `identity/${identity}`), ...Object.fromEntries(tokens) },
      };
    },
  },
  'AWS::SES::ConfigurationSet': {
    shape: {
      Name: USED,
      ...Object.fromEntries(
        'DeliveryOptions ReputationOptions SendingOptions SuppressionOptions TrackingOptions VdmOptions ArchivingOptions'
          .split(' ')
          .map((property) => [property, OBSERVED] as const),
      ),
      Tags: LABELS,
    },
    identify: (self) => ({ ref: self.name('Name', 64), attributes: {} }),
  },
  'AWS::SES::ConfigurationSetEventDestination': {
    shape: {
      ConfigurationSetName: USED,
      EventDestination: {
        Name: LABELS,
        Enabled: USED,
        MatchingEventTypes: MAIL_EVENTS,
        EventBridgeDestination: { EventBusArn: USED },
      },
    },
    identify: byLogicalId,
  },
  // The token's issuer is a parameter; a pool that is made anyway stays without users.
  'AWS::Cognito::UserPool': {
    shape: SIGN_IN,
    identify: (self) => {
      const id = `${self.region}_${self.logicalId}`;
      return {
        ref: id,
        attributes: {
          Arn: arn(self, 'cognito-idp', `userpool/${id}`),
          UserPoolId: id,
          ProviderName: `cognito-idp.${self.region}.amazonaws.com/${id}`,
          ProviderURL: self.endpoints.issuer ?? `https://cognito-idp.${self.region}.amazonaws.com/${id}`,
        },
      };
    },
  },
  'AWS::Cognito::UserPoolClient': {
    shape: SIGN_IN,
    identify: (self) => ({ ref: self.logicalId, attributes: { ClientId: self.logicalId } }),
  },
  'AWS::Cognito::UserPoolDomain': {
    shape: SIGN_IN,
    identify: (self) => ({ ref: String(self.property('Domain')), attributes: {} }),
  },
  'AWS::CDK::Metadata': { shape: { Analytics: LABELS }, identify: byLogicalId },
};
