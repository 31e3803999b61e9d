import { own } from '../core/own.ts';
import type { Compute } from '../domain/rows.ts';

/** Long names of the cloud, made short enough for a column. Values keep the full names. */

export { shortNode } from '../domain/node-name.ts';

const SHORT_KINDS: Readonly<Record<string, string>> = {
  Deployment: 'deploy',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  CronJob: 'cj',
  Service: 'svc',
  Namespace: 'ns',
  HorizontalPodAutoscaler: 'hpa',
  PersistentVolumeClaim: 'pvc',
  PodDisruptionBudget: 'pdb',
  ServiceAccount: 'sa',
};

/** A kind and a name as one types them for kubectl: `deploy/api`. */
export function shortObject(kind: string, name: string): string {
  return `${own(SHORT_KINDS, kind) ?? kind.toLowerCase()}/${name}`;
}

/** A kind of compute in as few letters as still tell it. */
export function shortCompute(compute: Compute): string {
  return compute === 'self-managed' ? 'self' : compute;
}

/** The name of an IAM role: what follows the path of its ARN. */
export function shortRole(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** An address in a form in which addresses sort as numbers do. */
export function sortableIp(ip: string): string {
  return /^[\d.]+$/.test(ip)
    ? ip
        .split('.')
        .map((part) => part.padStart(3, '0'))
        .join('.')
    : ip;
}
