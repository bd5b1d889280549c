import { Aws, type CfnCondition, CfnResource } from 'aws-cdk-lib';
import { AccountRecovery, FeaturePlan, Mfa, StandardThreatProtectionMode, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/** A Cognito user pool, made only where no issuer is given (some regions have no Cognito). */
export class OwnUserPool extends Construct {
  readonly issuer: string;
  readonly audience: string;

  constructor(scope: Construct, id: string, condition: CfnCondition) {
    super(scope, id);
    const pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      signInAliases: { email: true },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
    });
    const client = pool.addClient('Client', { authFlows: { userSrp: true }, preventUserExistenceErrors: true });
    for (const child of this.node.findAll()) if (child instanceof CfnResource) child.cfnOptions.condition = condition;
    this.issuer = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${pool.userPoolId}`;
    this.audience = client.userPoolClientId;
  }
}
