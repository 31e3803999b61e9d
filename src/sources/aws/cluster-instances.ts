import type { InstanceDescription } from '../../ports/aws/ec2-shapes.ts';
import type { Reads } from './polling/table.ts';

/**
 * The instances that are nodes of a cluster, or are about to be: whatever starts one has to tag it
 * with the name of the cluster. One call for each thousand.
 */
export async function clusterInstances(
  clusterName: string,
  aws: Reads<'ec2:DescribeInstances'>,
  signal: AbortSignal,
): Promise<readonly InstanceDescription[]> {
  const Filters = [
    { Name: 'tag-key', Values: [`kubernetes.io/cluster/${clusterName}`] },
    { Name: 'instance-state-name', Values: ['pending', 'running'] },
  ];
  const { Reservations } = await aws.call('ec2:DescribeInstances', { Filters }, signal);
  return Reservations.flatMap(({ Instances }) => Instances).filter((one) => one.InstanceId !== '');
}

/** Whether Auto Mode runs an instance: EC2 tells of each which service of AWS runs it, if one does. */
export const isAutoMode = ({ Operator }: InstanceDescription): boolean =>
  Operator.Principal === 'eks.amazonaws.com';
