import { hash } from '../random.ts';
import {
  type EksCluster,
  type Instance,
  nodeName,
  type Nodegroup,
  type Region,
  type Subnet,
  type Zone,
} from '../region.ts';
import { eksAutoImage } from '../catalog/images.ts';
import { formerRelease } from '../catalog/releases.ts';
import { capacityOf, instanceType, maxPods } from './instance-types.ts';
import type { Condition, Draft, KubeNode, Labels, Taint } from './objects.ts';

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
};

/** The node that an instance registers as: labels and taints of its group, capacity of its type. */
export function nodeOf(
  region: Region,
  cluster: EksCluster,
  instance: Instance,
  labels: Labels,
  options: {
    readonly prefixes: boolean;
    readonly taints: readonly Taint[];
    readonly stamp: string;
  },
): Draft<KubeNode> {
  const type = instanceType(instance.type);
  const group = cluster.nodegroups.find((each) => each.name === instance.nodegroup);
  const arch = type.architecture === 'arm64' ? 'arm64' : 'amd64';
  const name = nodeName(instance);
  const { claim } = instance;
  const driver = claim === undefined ? 'ebs.csi.aws.com' : 'ebs.csi.eks.amazonaws.com';
  return {
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': arch,
        'beta.kubernetes.io/instance-type': instance.type,
        'beta.kubernetes.io/os': 'linux',
        ...(group && groupLabels(group, instance)),
        ...(claim && autoLabels(claim, instance.type)),
        ...labels,
        'failure-domain.beta.kubernetes.io/region': region.name,
        'failure-domain.beta.kubernetes.io/zone': instance.zone.name,
        'k8s.io/cloud-provider-aws': fingerprint(cluster.arn),
        'kubernetes.io/arch': arch,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': instance.type,
        [`topology.${driver}/zone`]: instance.zone.name,
        'topology.k8s.aws/zone-id': instance.zone.id,
        'topology.kubernetes.io/region': region.name,
        'topology.kubernetes.io/zone': instance.zone.name,
      },
      annotations: {
        'alpha.kubernetes.io/provided-node-ip': instance.privateIp,
        'csi.volume.kubernetes.io/nodeid': `{"${driver}":"${instance.id}"}`,
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      providerID: `aws:///${instance.zone.name}/${instance.id}`,
      taints: [
        ...options.taints,
        ...(group?.taints ?? []).map(({ key, value, effect }) => ({
          key,
          ...(value && { value }),
          effect: EFFECTS[effect] ?? effect,
        })),
      ],
    },
    status: {
      ...capacityOf(type, maxPods(type, options.prefixes)),
      conditions: conditions(false, options.stamp),
      addresses: [
        { type: 'InternalIP', address: instance.privateIp },
        { type: 'InternalDNS', address: instance.privateDnsName },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        ...nodeInfo(releaseFor(cluster, group), instance.id, arch),
        ...(claim && {
          containerRuntimeVersion: 'containerd://2.1.5+bottlerocket',
          kernelVersion: '6.12.58',
          osImage: eksAutoImage(instance.architecture, cluster.version).os,
        }),
      },
    },
  };
}

/** The node of one Fargate pod. */
export function fargateNodeOf(
  region: Region,
  cluster: EksCluster,
  at: { readonly ip: string; readonly zone: Zone; readonly subnet: Subnet; readonly id: string },
  stamp: string,
): Draft<KubeNode> {
  const name = `fargate-ip-${at.ip.replaceAll('.', '-')}.${region.name}.compute.internal`;
  return {
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'eks.amazonaws.com/compute-type': 'fargate',
        'failure-domain.beta.kubernetes.io/region': region.name,
        'failure-domain.beta.kubernetes.io/zone': at.zone.name,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name.split('.')[0] ?? name,
        'kubernetes.io/os': 'linux',
        'topology.k8s.aws/zone-id': at.zone.id,
        'topology.kubernetes.io/region': region.name,
        'topology.kubernetes.io/zone': at.zone.name,
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: {
      providerID: `aws:///${at.zone.name}/${at.id}/${name}`,
      taints: [{ key: 'eks.amazonaws.com/compute-type', value: 'fargate', effect: 'NoSchedule' }],
    },
    status: {
      capacity: { cpu: '2', 'ephemeral-storage': '30787492Ki', memory: '3967592Ki', pods: '1' },
      allocatable: { cpu: '2', 'ephemeral-storage': '28373752839', memory: '3865192Ki', pods: '1' },
      conditions: conditions(true, stamp),
      addresses: [
        { type: 'InternalIP', address: at.ip },
        { type: 'InternalDNS', address: name },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeInfo(formerRelease(cluster.version), at.id, 'amd64'),
    },
  };
}

/** The four conditions of a kubelet. */
export function conditions(ready: boolean, stamp: string): Condition[] {
  const fine = (type: string, reason: string, message: string): Condition => ({
    type,
    status: 'False',
    lastHeartbeatTime: stamp,
    lastTransitionTime: stamp,
    reason,
    message,
  });
  return [
    fine('MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    fine('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    fine('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    {
      type: 'Ready',
      status: ready ? 'True' : 'False',
      lastHeartbeatTime: stamp,
      lastTransitionTime: stamp,
      reason: ready ? 'KubeletReady' : 'KubeletNotReady',
      message: ready
        ? 'kubelet is posting ready status'
        : 'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    },
  ];
}

function groupLabels(group: Nodegroup, instance: Instance): Labels {
  return {
    'eks.amazonaws.com/capacityType': group.capacityType,
    'eks.amazonaws.com/nodegroup': group.name,
    'eks.amazonaws.com/nodegroup-image': instance.imageId,
    'eks.amazonaws.com/sourceLaunchTemplateId': group.launchTemplate.id,
    'eks.amazonaws.com/sourceLaunchTemplateVersion': group.launchTemplate.version,
    ...group.labels,
  };
}

/** What EKS labels the nodes of Auto Mode with. */
function autoLabels({ pool, nodeClass }: NonNullable<Instance['claim']>, type: string): Labels {
  const { cpu, memoryGi } = instanceType(type);
  const [family = '', size = ''] = type.split('.');
  return {
    'app.kubernetes.io/managed-by': 'eks',
    'eks.amazonaws.com/compute-type': 'auto',
    'eks.amazonaws.com/instance-category': family.charAt(0),
    'eks.amazonaws.com/instance-cpu': String(cpu),
    'eks.amazonaws.com/instance-family': family,
    'eks.amazonaws.com/instance-generation': /\d/.exec(family)?.[0] ?? '',
    'eks.amazonaws.com/instance-memory': String(memoryGi * 1024),
    'eks.amazonaws.com/instance-size': size,
    'eks.amazonaws.com/nodeclass': nodeClass,
    'karpenter.sh/capacity-type': 'on-demand',
    'karpenter.sh/initialized': 'true',
    'karpenter.sh/nodepool': pool,
    'karpenter.sh/registered': 'true',
  };
}

/** The AMI release that a node is started with. */
function releaseFor(cluster: EksCluster, group: Nodegroup | undefined): string {
  if (group === undefined) return formerRelease(cluster.version);
  return (group.rolling ?? group).releaseVersion;
}

/** The version of the kubelet (and of an API server) of a release: `v1.35.3-eks-…`. */
export function kubeletVersion(release: string): string {
  const [version = ''] = release.split('-');
  return `v${version}-eks-${fingerprint(version.split('.').slice(0, 2).join('.')).slice(0, 7)}`;
}

/** @param release of the AMI, `1.35.3-20261110` */
function nodeInfo(release: string, id: string, architecture: string): Labels {
  const uuid = `ec2${fingerprint(id)}`.padEnd(32, '0');
  return {
    architecture,
    bootID: `${fingerprint(`boot ${id}`)}-4c1b-4e3a-9b57-${fingerprint(id)}0a12`,
    containerRuntimeVersion: 'containerd://2.1.5',
    kernelVersion: '6.12.58-82.121.amzn2023.x86_64'.replace(
      'x86_64',
      architecture === 'arm64' ? 'aarch64' : 'x86_64',
    ),
    kubeProxyVersion: '',
    kubeletVersion: kubeletVersion(release),
    machineID: uuid,
    operatingSystem: 'linux',
    osImage: `Amazon Linux 2023.9.${release.split('-')[1] ?? ''}`,
    systemUUID: `${uuid.slice(0, 8)}-${uuid.slice(8, 12)}-${uuid.slice(12, 16)}-a5d1-${fingerprint(id)}6f02`,
  };
}

function fingerprint(text: string): string {
  return (hash(text) >>> 0).toString(16).padStart(8, '0');
}
