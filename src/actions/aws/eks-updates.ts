/** Updates that EKS runs of a cluster, a node group or an add-on: found again, and told in words. */
import { failureText } from '../../domain/eks-update.ts';
import type { AwsCalls } from '../../ports/aws-calls.ts';
import type { UpdateDescription } from '../../ports/aws-shapes.ts';
import type { Aws } from '../targets/aws.ts';

/** What an update is of: the cluster, or a group or an add-on in it. */
export type UpdateScope = AwsCalls['eks:ListUpdates']['input'];

/** The updates that EKS remembers, the latest first. It lists ids alone: each is asked for. */
export async function updatesOf(
  scope: UpdateScope,
  { door }: Pick<Aws, 'door'>,
): Promise<readonly UpdateDescription[]> {
  const { updateIds } = await door.call('eks:ListUpdates', scope);
  const answers = await Promise.all(
    updateIds.map((updateId) => door.call('eks:DescribeUpdate', { ...scope, updateId })),
  );
  return answers
    .map(({ update }) => update)
    .sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
}

/** The update that EKS is about now; null where it is about none. */
export async function runningUpdate(
  scope: UpdateScope,
  aws: Pick<Aws, 'door'>,
): Promise<UpdateDescription | null> {
  const all = await updatesOf(scope, aws);
  return all.find(({ status }) => status === 'InProgress') ?? null;
}

/** What an update sets, e.g. its `Version`; empty where it does not. */
export const paramOf = ({ params }: UpdateDescription, type: string): string =>
  params.find((each) => each.type === type)?.value ?? '';

/** Why an update failed, in EKS's own words, with what it is about. */
export const failureOf = ({ errors }: UpdateDescription): string => failureText(errors);
