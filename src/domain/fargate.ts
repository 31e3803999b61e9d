/** Fargate profiles: which pods they take, and which of those Fargate cannot run. */
import { matchesWildcard } from '../core/wildcard.ts';

/** One of up to five selectors of a profile; `*` and `?` are wildcards in all of it. */
export interface FargateSelector {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What Fargate has made for a pod, which is what is paid: its requests, rounded up to a size that is sold. */
export interface FargateSize {
  /** vCPUs. */
  readonly cpu: number;
  readonly gigabytes: number;
}

/** The annotation of a pod that tells its size: `0.25vCPU 0.5GB`. */
export const FARGATE_SIZE = 'CapacityProvisioned';

const SIZE = /^(\d{1,4}(?:\.\d{1,4})?)vCPU (\d{1,4}(?:\.\d{1,4})?)GB$/;

/** The size that {@link FARGATE_SIZE} tells; null where it tells none. */
export function fargateSize(annotation: string): FargateSize | null {
  const [, cpu = 0, gigabytes = 0] = (SIZE.exec(annotation) ?? []).map(Number);
  return cpu > 0 && gigabytes > 0 ? { cpu, gigabytes } : null;
}

/** A size as it is read: `0.25 vCPU, 0.5 GB`; empty where it is not known. */
export const sizeWords = (size: FargateSize | null): string =>
  size === null ? '' : `${size.cpu} vCPU, ${size.gigabytes} GB`;

/** Selectors a profile may have, and labels a selector. */
export const MOST_SELECTORS = 5;
export const MOST_LABELS = 5;

/** Whether a profile with these selectors takes a pod: one of them has to match as a whole. */
export function selectsPod(
  selectors: readonly FargateSelector[],
  pod: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
): boolean {
  return selectors.some(
    ({ namespace, labels }) =>
      matchesWildcard(namespace, pod.namespace) &&
      Object.entries(labels).every(([key, value]) => hasLabel(pod.labels, key, value)),
  );
}

function hasLabel(labels: Readonly<Record<string, string>>, key: string, value: string): boolean {
  return Object.entries(labels).some(
    ([name, text]) => matchesWildcard(key, name) && matchesWildcard(value, text),
  );
}

/** What is wrong with the name of a profile, or empty. */
export function profileNameProblem(name: string, taken: readonly string[]): string {
  if (name === '') return 'a name is missing';
  if (name.length > 100) return 'at most 100 characters';
  if (/^eks-/i.test(name)) return 'EKS keeps names that begin with eks- for itself';
  if (!/^[0-9A-Za-z][A-Za-z0-9\-_]*$/.test(name))
    return 'letters, digits, - and _, beginning with a letter or a digit';
  return taken.includes(name) ? `there is a profile ${name} already` : '';
}

/** Reads labels as they are typed: `app=api,tier=back`. */
export function parseLabels(
  text: string,
): { readonly labels: Readonly<Record<string, string>> } | { readonly problem: string } {
  const labels: Record<string, string> = {};
  for (const term of text.split(',').map((each) => each.trim())) {
    if (term === '') continue;
    const [, key = '', value = ''] = /^([^=\s]+)=([^=\s]*)$/.exec(term) ?? [];
    if (key === '') return { problem: `key=value, separated by commas: ${term} is not` };
    labels[key] = value;
  }
  const count = Object.keys(labels).length;
  if (count > MOST_LABELS) return { problem: `at most ${MOST_LABELS} labels, these are ${count}` };
  return { labels };
}

/** The selector as panes and eksctl write it: `payments app=api`. */
export function selectorWords({ namespace, labels }: FargateSelector): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [namespace, ...pairs].join(' ');
}

/** The parts of a pod that decide whether Fargate runs it, as the API has them. */
export interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly containers?: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
}

interface ContainerSpec {
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly securityContext?: { readonly privileged?: boolean };
  readonly resources?: { readonly limits?: Readonly<Record<string, unknown>> };
}

/** Volumes that need a node of one's own, by the field of a volume. */
const VOLUMES: Readonly<Record<string, string>> = {
  hostPath: 'mounts a path of its node',
  awsElasticBlockStore: 'uses an EBS volume',
};

/**
 * Why Fargate does not run a pod, in clauses; empty where nothing is in its way. Claims are not
 * looked into: whether a claim is bound to EBS is said by its volume.
 * @param owner the kind that controls it
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
 */
export function fargateObstacles(spec: PodSpec, owner: string): readonly string[] {
  const { containers = [], initContainers = [], volumes = [] } = spec;
  const all = [...containers, ...initContainers];
  const gpu = all.flatMap(({ resources }) =>
    Object.keys(resources?.limits ?? {}).filter((name) => /\/(gpu|neuron\w*)$/.test(name)),
  );
  const found = [
    owner === 'DaemonSet' ? 'is of a daemon set' : '',
    spec.hostNetwork === true ? 'uses the network of its node' : '',
    spec.hostPID === true || spec.hostIPC === true ? 'sees the processes of its node' : '',
    all.some(({ securityContext }) => securityContext?.privileged === true) ? 'is privileged' : '',
    all.some(({ ports = [] }) => ports.some(({ hostPort = 0 }) => hostPort > 0))
      ? 'takes a port of its node'
      : '',
    gpu[0] === undefined ? '' : `needs ${gpu[0]}`,
    ...volumes.flatMap((volume) =>
      Object.entries(VOLUMES).flatMap(([field, words]) => (field in volume ? [words] : [])),
    ),
  ];
  return [...new Set(found.filter((words) => words !== ''))];
}
