import type { ObjectAddress } from '../../domain/ref.ts';
import type { KubePort } from '../../ports/kube.ts';
import { objectPath } from './paths.ts';
import type { Transport } from './transport.ts';
import { asked, deleteOptions, json, write } from './writes.ts';

/** Evicts a pod: deletes it where its disruption budgets allow. */
export async function evictPod(
  transport: Transport,
  ref: ObjectAddress,
  options: Parameters<KubePort['evict']>[1] = {},
): Promise<void> {
  const { name, namespace } = ref;
  await write(transport, {
    ...asked('create', ref, 'eviction'),
    doing: `evict ${ref.resource}/${name} in ${namespace}`,
    method: 'POST',
    path: objectPath(ref, 'eviction'),
    body: json({
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace },
      deleteOptions: deleteOptions(options),
    }),
  });
}
