/**
 * Every IAM action that the program needs, and whether it changes anything: the allow-list of the
 * AWS door, and what the documentation and the policy in it are made of. `iam:PassRole` is no call:
 * AWS asks for it where a call hands a role on.
 */
export const AWS_ACTIONS = {
  'autoscaling:DescribeAutoScalingGroups': 'read',
  'autoscaling:DescribeScalingActivities': 'read',
  'autoscaling:UpdateAutoScalingGroup': 'write',
  'ec2:DescribeLaunchTemplateVersions': 'read',
  'ec2:DescribeNetworkInterfaces': 'read',
  'ec2:DescribeRouteTables': 'read',
  'ec2:DescribeSubnets': 'read',
  'eks:CreateFargateProfile': 'write',
  'eks:CreatePodIdentityAssociation': 'write',
  'eks:DeleteFargateProfile': 'write',
  'eks:DeletePodIdentityAssociation': 'write',
  'eks:DescribeAddon': 'read',
  'eks:DescribeAddonVersions': 'read',
  'eks:DescribeCluster': 'read',
  'eks:DescribeClusterVersions': 'read',
  'eks:DescribeFargateProfile': 'read',
  'eks:DescribeNodegroup': 'read',
  'eks:DescribePodIdentityAssociation': 'read',
  'eks:DescribeUpdate': 'read',
  'eks:ListAddons': 'read',
  'eks:ListClusters': 'read',
  'eks:ListFargateProfiles': 'read',
  'eks:ListNodegroups': 'read',
  'eks:ListPodIdentityAssociations': 'read',
  'eks:ListUpdates': 'read',
  'eks:UpdateAddon': 'write',
  'eks:UpdateNodegroupConfig': 'write',
  'eks:UpdatePodIdentityAssociation': 'write',
  'iam:AddClientIDToOpenIDConnectProvider': 'write',
  'iam:AttachRolePolicy': 'write',
  'iam:CreateOpenIDConnectProvider': 'write',
  'iam:CreateRole': 'write',
  'iam:DeleteRole': 'write',
  'iam:DetachRolePolicy': 'write',
  'iam:GetOpenIDConnectProvider': 'read',
  'iam:GetRole': 'read',
  'iam:ListAttachedRolePolicies': 'read',
  'iam:ListPolicies': 'read',
  'iam:ListRoles': 'read',
  'iam:PassRole': 'write',
  'iam:SimulatePrincipalPolicy': 'read',
  'iam:UpdateAssumeRolePolicy': 'write',
  'sts:AssumeRole': 'read',
  /** Nothing changes: the credentials that it yields never leave the door. */
  'sts:AssumeRoleWithWebIdentity': 'read',
  'sts:GetCallerIdentity': 'read',
} as const satisfies Readonly<Record<string, 'read' | 'write'>>;

/** An IAM action that the program may need. */
export type AwsAction = keyof typeof AWS_ACTIONS;
