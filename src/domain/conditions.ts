/**
 * What conditions of Kubernetes objects mean. Anyone may write a condition of any type, and whether
 * True is good is a convention of its author: what is not known here alarms nobody.
 */

/** Types that are well when they are True. */
const GOOD_WHEN_TRUE: ReadonlySet<string> = new Set([
  'Ready',
  // Pods
  'PodScheduled',
  'Initialized',
  'ContainersReady',
  'PodReadyToStartContainers',
  // Workloads and autoscalers
  'Available',
  'Progressing',
  'AbleToScale',
  'ScalingActive',
  // Nodes, by the EKS node monitoring agent
  'KernelReady',
  'NetworkingReady',
  'StorageReady',
  'ContainerRuntimeReady',
  'AcceleratedHardwareReady',
  // Gateways, their listeners and routes
  'Accepted',
  'Programmed',
  'ResolvedRefs',
]);

/** Types that report a trouble when they are True. */
const BAD_WHEN_TRUE: ReadonlySet<string> = new Set([
  // Nodes, by the kubelet and by network plugins
  'MemoryPressure',
  'DiskPressure',
  'PIDPressure',
  'NetworkUnavailable',
  'OutOfDisk',
  // Nodes, by the monitors that come with node-problem-detector
  'KernelDeadlock',
  'ReadonlyFilesystem',
  'CorruptDockerOverlay2',
  'FrequentUnregisterNetDevice',
  'FrequentKubeletRestart',
  'FrequentDockerRestart',
  'FrequentContainerdRestart',
  'KubeletUnhealthy',
  'ContainerRuntimeUnhealthy',
  'KubeProxyUnhealthy',
  'KubeletProblem',
  'ContainerRuntimeProblem',
  'FilesystemCorruptionProblem',
  'NTPProblem',
  'XfsShutdown',
  'CperHardwareErrorFatal',
  // Pods
  'DisruptionTarget',
  'PodResizePending',
  // Workloads and autoscalers
  'ReplicaFailure',
  'FailureTarget',
  'Failed',
  'ScalingLimited',
]);

/**
 * Does a condition tell of a trouble: true and false for what is known of its type, null where it
 * is not known (the type is not, or the status is neither True nor False).
 */
export function isTrouble({
  type,
  status,
}: {
  readonly type: string;
  readonly status: string;
}): boolean | null {
  if (status !== 'True' && status !== 'False') return null;
  if (GOOD_WHEN_TRUE.has(type)) return status === 'False';
  return BAD_WHEN_TRUE.has(type) ? status === 'True' : null;
}
