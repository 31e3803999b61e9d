/** What the actions on AWS share. */
import type { AwsFault } from '../../domain/aws-fault.ts';
import type { AwsDoor, EksCluster } from '../../ports/aws.ts';
import type { ActionContext } from '../engine/define.ts';

/** The EKS cluster of an action's targets, and AWS as it is asked there. */
export interface Aws {
  readonly door: AwsDoor;
  readonly eks: EksCluster;
}

/** Why AWS cannot be asked about a cluster. */
export const NO_AWS =
  'AWS has not told of this cluster so far: try again in a moment, or check its credentials';

/** @throws where the cluster is none of EKS, or that is not known yet */
export function awsOf({ aws, eks }: Pick<ActionContext, 'aws' | 'eks'>): Aws {
  if (aws === null || eks === null) throw new Error(NO_AWS);
  return { door: aws, eks };
}

/** AWS's own name of an error, or empty. */
export const codeOf = (error: unknown): string => (error as Partial<AwsFault>).code ?? '';

/** `aws`, `aws-cn`, `aws-us-gov`. */
export const partitionOf = ({ eks }: Aws): string => eks.arn.split(':')[1] ?? 'aws';

/** Twelve digits. */
export const accountIdOf = ({ eks }: Aws): string => eks.arn.split(':')[4] ?? '';
