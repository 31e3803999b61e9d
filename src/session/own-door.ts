import { AwsFault } from '../domain/aws-fault.ts';
import type { AwsDoor, AwsPort, EksCluster } from '../ports/aws.ts';

/**
 * The door of an EKS cluster, which takes calls about no other one. Whatever goes wrong above it,
 * what was meant for one cluster is never done to another.
 *
 * @param readonly asked before each call: may nothing be changed
 */
export function ownDoor(
  aws: Pick<AwsPort, 'door'>,
  eks: EksCluster,
  readonly: () => boolean,
): AwsDoor {
  const door = aws.door(eks, readonly);
  return {
    scope: door.scope,
    async call(action, input, signal) {
      const named = clusterOf(action, input);
      if (named !== null && named !== eks.name) {
        throw new AwsFault(
          'refused',
          `refused: ${action} is for ${named || 'no cluster'}, not for ${eks.name}`,
          '',
          { action },
        );
      }
      return door.call(action, input, signal);
    },
  };
}

/** Calls of EKS about what it offers everybody: they name no cluster. */
const OF_THE_REGION: ReadonlySet<string> = new Set([
  'eks:DescribeClusterVersions',
  'eks:DescribeAddonVersions',
]);

/** The cluster that a call is about, in either of the API's two spellings; null: about none. */
function clusterOf(action: string, input: object): string | null {
  if (!action.startsWith('eks:') || OF_THE_REGION.has(action)) return null;
  const { clusterName, name } = input as { readonly clusterName?: string; readonly name?: string };
  return clusterName ?? name ?? '';
}
