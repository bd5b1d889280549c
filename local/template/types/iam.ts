import { byLogicalId, type ResourceType } from '../resource.ts';
import { LABELS, USED } from '../shape.ts';

export const iamTypes: Record<string, ResourceType> = {
  'AWS::IAM::Role': {
    shape: {
      RoleName: USED,
      AssumeRolePolicyDocument: USED,
      ManagedPolicyArns: USED,
      Policies: { PolicyName: USED, PolicyDocument: USED },
      Description: LABELS,
      Tags: LABELS,
      MaxSessionDuration: 'no effect: sessions',
    },
    identify: (self) => {
      const name = self.name('RoleName', 64);
      return { ref: name, attributes: { Arn: `arn:aws:iam::${self.account}:role/${name}`, RoleId: name } };
    },
  },
  'AWS::IAM::Policy': {
    shape: { PolicyName: USED, PolicyDocument: USED, Roles: USED },
    identify: byLogicalId,
  },
  'AWS::IAM::ManagedPolicy': {
    shape: {
      ManagedPolicyName: USED,
      PolicyDocument: USED,
      Roles: USED,
      Description: LABELS,
      Path: ['/'],
      Tags: LABELS,
    },
    identify: (self) => {
      const policy = `arn:aws:iam::${self.account}:policy/${self.name('ManagedPolicyName', 128)}`;
      return { ref: policy, attributes: { PolicyArn: policy } };
    },
  },
};
