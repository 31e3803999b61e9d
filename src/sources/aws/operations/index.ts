import type { ClientConfig } from '../client-config.ts';
import type { Operations } from './operation.ts';

/** Brings in a service's calls, whose code the bundle keeps in a chunk of its own. */
export const OPERATIONS = {
  aps: async (config: ClientConfig): Promise<Operations<'aps'>> =>
    (await import('./aps.ts')).apsOperations(config),
  cloudtrail: async (config: ClientConfig): Promise<Operations<'cloudtrail'>> =>
    (await import('./cloudtrail.ts')).cloudTrailOperations(config),
  cloudwatch: async (config: ClientConfig): Promise<Operations<'cloudwatch'>> =>
    (await import('./cloudwatch.ts')).cloudWatchOperations(config),
  autoscaling: async (config: ClientConfig): Promise<Operations<'autoscaling'>> =>
    (await import('./autoscaling.ts')).autoScalingOperations(config),
  ec2: async (config: ClientConfig): Promise<Operations<'ec2'>> =>
    (await import('./ec2.ts')).ec2Operations(config),
  eks: async (config: ClientConfig): Promise<Operations<'eks'>> =>
    (await import('./eks.ts')).eksOperations(config),
  elasticfilesystem: async (config: ClientConfig): Promise<Operations<'elasticfilesystem'>> =>
    (await import('./efs.ts')).efsOperations(config),
  elasticloadbalancing: async (config: ClientConfig): Promise<Operations<'elasticloadbalancing'>> =>
    (await import('./elb.ts')).elbOperations(config),
  fsx: async (config: ClientConfig): Promise<Operations<'fsx'>> =>
    (await import('./fsx.ts')).fsxOperations(config),
  iam: async (config: ClientConfig): Promise<Operations<'iam'>> =>
    (await import('./iam.ts')).iamOperations(config),
  logs: async (config: ClientConfig): Promise<Operations<'logs'>> =>
    (await import('./logs.ts')).logsOperations(config),
  pricing: async (config: ClientConfig): Promise<Operations<'pricing'>> =>
    (await import('./pricing.ts')).pricingOperations(config),
  ssm: async (config: ClientConfig): Promise<Operations<'ssm'>> =>
    (await import('./ssm.ts')).ssmOperations(config),
  route53: async (config: ClientConfig): Promise<Operations<'route53'>> =>
    (await import('./route53.ts')).route53Operations(config),
  'vpc-lattice': async (config: ClientConfig): Promise<Operations<'vpc-lattice'>> =>
    (await import('./lattice.ts')).latticeOperations(config),
  xray: async (config: ClientConfig): Promise<Operations<'xray'>> =>
    (await import('./xray.ts')).xrayOperations(config),
  s3: async (config: ClientConfig): Promise<Operations<'s3'>> =>
    (await import('./s3.ts')).s3Operations(config),
  sts: async (config: ClientConfig): Promise<Operations<'sts'>> =>
    (await import('./sts.ts')).stsOperations(config),
};
