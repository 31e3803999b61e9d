/** The logs of a control plane in CloudWatch, as EKS sends them there. */
import { stampOf, type KeptEvent, type KeptLine } from './line.ts';

/**
 * The types of logs of a control plane, each with what its streams begin with; one that begins like
 * another stands before it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export const CONTROL_PLANE_LOGS: ReadonlyMap<string, string> = new Map([
  ['audit', 'kube-apiserver-audit-'],
  ['api', 'kube-apiserver-'],
  ['authenticator', 'authenticator-'],
  ['controllerManager', 'kube-controller-manager-'],
  ['scheduler', 'kube-scheduler-'],
]);

/** The manager of what is AWS's own: its logs are on with those of the other manager. */
const CLOUD_MANAGER = 'cloud-controller-manager-';

/** The log group of a cluster's control plane. */
export const controlPlaneGroup = (cluster: string): string => `/aws/eks/${cluster}/cluster`;

/** The types that are off, in the order in which AWS lists them. */
export const typesOff = (on: readonly string[]): readonly string[] =>
  ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].filter(
    (type) => !on.includes(type),
  );

/** What wrote an event of a control plane: the type of log, or the stream's own name. */
export function controlPlaneLine({ logStreamName, timestamp, message }: KeptEvent): KeptLine {
  return {
    pod: typeOf(logStreamName),
    container: '',
    time: stampOf(timestamp),
    text: message.replace(/\r?\n$/, ''),
  };
}

function typeOf(stream: string): string {
  for (const [type, start] of CONTROL_PLANE_LOGS) if (stream.startsWith(start)) return type;
  return stream.startsWith(CLOUD_MANAGER) ? 'controllerManager' : stream;
}

/** The aws line that turns types of logs on. */
export function loggingCommand(
  { name, region }: { readonly name: string; readonly region: string },
  types: readonly string[],
): string {
  const logging = JSON.stringify({ clusterLogging: [{ types, enabled: true }] });
  return `aws eks update-cluster-config --region ${region} --name ${name} --logging '${logging}'`;
}
