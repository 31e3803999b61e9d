/** Which server a cluster of the fleet is reached at. There is no default to fall back to. */
import type { ClusterRow } from '../domain/rows.ts';
import type { ContextInfo, KubeTarget } from './types.ts';

/** No way leads to the cluster that was asked for: nothing is opened, and nothing in its place. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /** What can be done about it; may be empty. */
  readonly hint: string;

  constructor(message: string, hint = '') {
    super(message);
    this.hint = hint;
  }
}

/**
 * The one server that a row stands for: that of its context, else the endpoint that EKS described.
 * @throws UnreachableError where it stands for none, with the reason
 */
export function targetOf(row: ClusterRow, contexts: readonly ContextInfo[]): KubeTarget {
  const { name, context, endpoint, caData, profile, region } = row;
  if (context !== '') {
    if (!contexts.some((one) => one.name === context))
      throw new UnreachableError(`${name}: the kubeconfig has no context '${context}' any more`);
    return { context };
  }
  if (row.gone !== 0) throw new UnreachableError(`${name} is gone: AWS does not list it any more`);
  if (endpoint === '') throw withoutEndpoint(row);
  return { eks: { name, arn: row.id, profile, region }, server: endpoint, caData };
}

/** Statuses during which a cluster has no endpoint yet, and gets one. */
const COMING: ReadonlySet<string> = new Set(['CREATING', 'PENDING']);

function withoutEndpoint({ name, error, errorHint, status }: ClusterRow): UnreachableError {
  if (error !== '')
    return new UnreachableError(`${name} cannot be connected to: ${error}`, errorHint);
  if (COMING.has(status)) {
    const hint = 'connect again once it is ACTIVE';
    return new UnreachableError(`${name} is ${status}: it has no endpoint yet`, hint);
  }
  const said = status === '' ? 'EKS did not describe it' : `EKS (${status}) tells of no endpoint`;
  const hint = 'a kubeconfig context that leads to it makes it reachable';
  return new UnreachableError(`${name} cannot be connected to: ${said}`, hint);
}
