/** Policies that AWS gives every account, by path and name: those that clusters need or that are often chosen. */
export const AWS_POLICIES: Readonly<Record<string, string>> = {
  AdministratorAccess: 'Provides full access to AWS services and resources.',
  PowerUserAccess: 'Provides full access to AWS services and resources, but not to IAM.',
  ReadOnlyAccess: 'Provides read-only access to AWS services and resources.',
  SecurityAudit: 'Grants access to read security configuration metadata.',
  AmazonEKSClusterPolicy: 'What Kubernetes needs to manage resources on your behalf.',
  AmazonEKSServicePolicy: 'What EKS needs to create and manage the resources of clusters.',
  AmazonEKSVPCResourceController: 'Manages network interfaces and addresses of worker nodes.',
  AmazonEKSWorkerNodePolicy: 'Lets worker nodes connect to EKS clusters.',
  AmazonEKSWorkerNodeMinimalPolicy: 'Lets the nodes of Auto Mode connect to EKS clusters.',
  AmazonEKS_CNI_Policy: 'What the VPC CNI needs to change the addresses of worker nodes.',
  AmazonEKSFargatePodExecutionRolePolicy: 'Runs pods on Fargate.',
  AmazonEKSComputePolicy: 'Manages the instances of Auto Mode.',
  AmazonEKSBlockStoragePolicy: 'Manages the volumes of Auto Mode.',
  AmazonEKSLoadBalancingPolicy: 'Manages the load balancers of Auto Mode.',
  AmazonEKSNetworkingPolicy: 'Manages the network interfaces of Auto Mode.',
  AmazonEC2ContainerRegistryReadOnly: 'Reads repositories of the container registry.',
  AmazonEC2ContainerRegistryPullOnly: 'Pulls images from the container registry.',
  AmazonEC2ContainerRegistryPowerUser: 'Reads and writes repositories of the container registry.',
  AmazonEC2ReadOnlyAccess: 'Provides read-only access to EC2.',
  AmazonSSMManagedInstanceCore: 'Lets Systems Manager work on an instance.',
  AmazonSSMReadOnlyAccess: 'Provides read-only access to Systems Manager.',
  AmazonS3FullAccess: 'Provides full access to all buckets.',
  AmazonS3ReadOnlyAccess: 'Provides read-only access to all buckets.',
  AmazonDynamoDBFullAccess: 'Provides full access to DynamoDB.',
  AmazonDynamoDBReadOnlyAccess: 'Provides read-only access to DynamoDB.',
  AmazonSQSFullAccess: 'Provides full access to SQS.',
  AmazonSQSReadOnlyAccess: 'Provides read-only access to SQS.',
  AmazonSNSFullAccess: 'Provides full access to SNS.',
  AmazonSNSReadOnlyAccess: 'Provides read-only access to SNS.',
  AmazonSESFullAccess: 'Provides full access to SES.',
  AmazonRDSReadOnlyAccess: 'Provides read-only access to RDS.',
  AmazonKinesisReadOnlyAccess: 'Provides read-only access to streams.',
  AmazonMSKReadOnlyAccess: 'Provides read-only access to MSK.',
  AmazonElastiCacheReadOnlyAccess: 'Provides read-only access to ElastiCache.',
  AmazonPrometheusRemoteWriteAccess: 'Writes to the workspaces of Managed Prometheus.',
  AmazonPrometheusQueryAccess: 'Queries the workspaces of Managed Prometheus.',
  AmazonRoute53FullAccess: 'Provides full access to Route 53.',
  AmazonRoute53ReadOnlyAccess: 'Provides read-only access to Route 53.',
  AutoScalingFullAccess: 'Provides full access to Auto Scaling.',
  AutoScalingReadOnlyAccess: 'Provides read-only access to Auto Scaling.',
  AWSXRayDaemonWriteAccess: 'Writes traces to X-Ray.',
  AWSXrayWriteOnlyAccess: 'Writes traces and reads sampling rules of X-Ray.',
  CloudWatchAgentServerPolicy: 'What the CloudWatch agent needs on servers.',
  CloudWatchReadOnlyAccess: 'Provides read-only access to CloudWatch.',
  CloudWatchLogsFullAccess: 'Provides full access to CloudWatch Logs.',
  SecretsManagerReadWrite: 'Reads and writes secrets.',
  'service-role/AmazonEBSCSIDriverPolicyV2': 'What the EBS CSI driver needs for volumes.',
  'service-role/AmazonEFSCSIDriverPolicy': 'What the EFS CSI driver needs for access points.',
};

interface PolicyStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: object;
}

const allow = (Resource: string, ...Action: readonly string[]): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

/** What the policies of which the demo's pods are say, in short; others allow what their name says. */
const STATEMENTS: Readonly<Record<string, readonly PolicyStatement[]>> = {
  AdministratorAccess: [allow('*', '*')],
  AmazonS3ReadOnlyAccess: [allow('*', 's3:Get*', 's3:List*', 's3:Describe*')],
  AmazonEKS_CNI_Policy: [
    allow(
      '*',
      'ec2:AssignPrivateIpAddresses',
      'ec2:AttachNetworkInterface',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ec2:UnassignPrivateIpAddresses',
    ),
    allow('arn:aws:ec2:*:*:network-interface/*', 'ec2:CreateTags'),
  ],
  AmazonRoute53FullAccess: [allow('*', 'route53:*', 'route53domains:*')],
};

/** The document of a policy of that name. */
export function documentOf(name: string): string {
  const own = [allow(`arn:aws:s3:::${name}/*`, 's3:GetObject', 's3:PutObject')];
  return JSON.stringify({ Version: '2012-10-17', Statement: STATEMENTS[name] ?? own });
}

/** Roles of a cluster's add-ons that have a policy of AWS, by what follows the cluster's name. */
export const POLICIES_OF_ROLES: Readonly<Record<string, string>> = {
  'vpc-cni': 'AmazonEKS_CNI_Policy',
  'ebs-csi': 'service-role/AmazonEBSCSIDriverPolicyV2',
  'external-dns': 'AmazonRoute53FullAccess',
  'fluent-bit': 'CloudWatchAgentServerPolicy',
  otel: 'AmazonPrometheusRemoteWriteAccess',
};
