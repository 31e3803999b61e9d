/** The logs of containers in CloudWatch, as Fluent Bit sends them there. */
import { splitStamp } from '../../core/log-time.ts';
import { stampOf, type KeptEvent, type KeptLine } from './line.ts';

/** The log group of Container Insights; the add-on and AWS's manifests for Fluent Bit name it so. */
export const insightsGroup = (cluster: string): string =>
  `/aws/containerinsights/${cluster}/application`;

/** Of the files that the container runtime writes, with dots for slashes. */
const FILE = /(?:^|[-.])var\.log\.containers\.([^_]+)_([^_]+)_(.+)-[0-9a-f]{64}(?:\.log)?$/;

/** What the runtime puts before a line where nobody takes it off: `… stdout F text`. */
const CRI = /^\S+ (?:stdout|stderr) [FP] /;

/**
 * What the streams of a pod begin with. Fluent Bit names them by its prefix, the tag of its input
 * and the path of the file.
 */
export const streamsOfPod = (prefix: string, pod: string, namespace: string): string =>
  `${prefix}var.log.containers.${pod}_${namespace}_`;

/** A filter pattern for a pod, by the fields that Fluent Bit's filter for Kubernetes adds. */
export const patternOfPod = (pod: string, namespace: string): string =>
  `{ $.kubernetes.pod_name = "${pod}" && $.kubernetes.namespace_name = "${namespace}" }`;

/** Which container wrote an event, and what it wrote. */
export function containerLine({ logStreamName, timestamp, message }: KeptEvent): KeptLine {
  const [, filePod = '', , fileContainer = ''] = FILE.exec(logStreamName) ?? [];
  const { log, time, kubernetes } = fieldsOf(message);
  const { pod_name: pod, container_name: container } = recordOf(kubernetes);
  const wrote = textOf(log, message).replace(/\r?\n$/, '');
  const stamp = splitStamp(`${textOf(time, '')} `).time || stampOf(timestamp);
  return {
    pod: filePod || textOf(pod, logStreamName),
    container: fileContainer || textOf(container, ''),
    time: stamp,
    text: typeof log === 'string' ? wrote.replace(CRI, '') : wrote,
  };
}

/** What comes is not of our making: another program may write there too. */
function fieldsOf(message: string): Readonly<Record<string, unknown>> {
  if (!message.startsWith('{')) return {};
  try {
    return recordOf(JSON.parse(message));
  } catch {
    return {};
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;
