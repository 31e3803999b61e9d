/** The logs of a pod that CloudWatch keeps, also when the pod is gone. */
import type { ClusterKey } from '../../domain/cluster-key.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import {
  containerLine,
  insightsGroup,
  patternOfPod,
  streamsOfPod,
} from '../../domain/kept-logs/containers.ts';
import { FARGATE_LOGGING, routerOutput } from '../../domain/kept-logs/fargate.ts';
import type { PodRow } from '../../domain/rows.ts';
import { placeIn } from '../../domain/ref.ts';
import type { EksCluster } from '../../ports/aws.ts';
import type { KeptAsking, KeptLogsDef, LogPlace } from '../../ports/kept-logs.ts';
import type { KubeError } from '../../ports/kube-error.ts';
import type { KubeObject } from '../../ports/kube.ts';

/** What a pod wrote last may come after it was gone (ms). */
const LATE_MS = 120_000;

const ADDON = 'amazon-cloudwatch-observability';

export const podLogs: KeptLogsDef<PodRow> = {
  iam: ['logs:FilterLogEvents', 'logs:StartLiveTail'],
  of: (pod, _query, eks) => {
    if (pod.node === '') return { none: `${pod.name} has never been on a node: it wrote nothing` };
    return {
      title: pod.name,
      namespace: pod.namespace,
      writers: pod.containers.map(({ name }) => ({ pod: pod.name, container: name, missing: '' })),
      ...{ advice: [], copies: [] },
      find: async (ask) =>
        pod.fargateProfile === ''
          ? onNode(pod, eks)
          : onFargate(pod, await routerConfig(ask, pod.cluster)),
    };
  },
};

function lifeOf({ created, gone }: PodRow): Pick<LogPlace, 'from' | 'until'> {
  return { from: Math.max(0, created - LATE_MS), until: gone === 0 ? null : gone + LATE_MS };
}

function onNode(pod: PodRow, { name, region }: EksCluster): LogPlace {
  const { name: podName, namespace, node } = pod;
  return {
    group: insightsGroup(name),
    searches: [
      { streams: streamsOfPod(`${node}-application.`, podName, namespace), pattern: '' },
      { streams: '', pattern: patternOfPod(podName, namespace) },
    ],
    ...lifeOf(pod),
    read: containerLine,
    unless: `Container Insights sends no logs there; on with: aws eks create-addon --region ${region} --cluster-name ${name} --addon-name ${ADDON}`,
  };
}

function onFargate(pod: PodRow, configuration: string): LogPlace {
  const output = routerOutput(configuration);
  const { namespace, name } = FARGATE_LOGGING;
  if (output === null) {
    throw new AwsFault('absent', `config map ${namespace}/${name} sends no logs to CloudWatch`);
  }
  return {
    group: output.group,
    searches: [
      { streams: streamsOfPod(`${output.prefix}kube.`, pod.name, pod.namespace), pattern: '' },
      { streams: '', pattern: patternOfPod(pod.name, pod.namespace) },
    ],
    ...lifeOf(pod),
    read: containerLine,
    unless: `config map ${namespace}/${name} names it: it is made with the first line of a pod that may create it`,
  };
}

/** Its outputs. @throws {AwsFault} where the log router is not configured at all */
async function routerConfig({ kube }: KeptAsking, cluster: ClusterKey): Promise<string> {
  const { namespace, name } = FARGATE_LOGGING;
  const ref = { ...placeIn('configmaps', cluster, namespace), name };
  const object = await kube.get(ref).catch((error: unknown) => {
    if ((error as Partial<KubeError>).code !== 404) throw error;
    throw new AwsFault(
      'absent',
      `the log router of Fargate is not configured: there is no config map ${namespace}/${name}`,
      'pods that start once there is one are logged: docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html',
    );
  });
  return outputOf(object);
}

function outputOf({ data }: KubeObject): string {
  const output: unknown =
    typeof data === 'object' && data !== null && 'output.conf' in data ? data['output.conf'] : '';
  return typeof output === 'string' ? output : '';
}
