import { Aws, type CfnCondition, CfnOutput, CfnResource, Fn } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  UserPool,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/**
 * A Cognito user pool, made only where no issuer is given (some regions have no Cognito). People sign in on its own page with the code
 * flow, which goes back to this deployment alone; no program gets tokens for a password.
 */
export class OwnUserPool extends Construct {
  readonly issuer: string;
  readonly audience: string;

  /** @param callback where the sign-in goes back to, with the code */
  constructor(scope: Construct, id: string, condition: CfnCondition, callback: string) {
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
    const client = pool.addClient('Client', {
      // None but the refreshing of tokens: without a word of it CDK leaves Cognito's own, with passwords.
      authFlows: { userSrp: false },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [callback],
        logoutUrls: [callback],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    // The stack's own id: a name that nobody else has, and that says nothing of the account.
    const domainPrefix = Fn.join('-', ['huiyin', Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
    const domain = pool.addDomain('SignIn', { cognitoDomain: { domainPrefix } });
    new CfnOutput(this, 'Url', { value: domain.baseUrl(), description: 'Where people sign in', condition });
    for (const child of this.node.findAll()) if (child instanceof CfnResource) child.cfnOptions.condition = condition;
    this.issuer = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${pool.userPoolId}`;
    this.audience = client.userPoolClientId;
  }
}
