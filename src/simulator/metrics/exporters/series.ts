/** What series of all exporters have in common. */
import type { PromSource } from '../../prometheus.ts';
import type { KubeNode } from '../../world/objects.ts';

/** The series of metrics, made when they are asked for. */
export type SeriesMakers = Readonly<Record<string, () => readonly PromSource[]>>;

/** When an object was made (ms). */
export const madeAt = ({
  metadata,
}: {
  readonly metadata: { readonly creationTimestamp: string };
}): number => Date.parse(metadata.creationTimestamp);

/** A machine, on which exporters run; what stands for a pod of Fargate is none. */
export const isMachine = ({ spec }: KubeNode): boolean => /\/i-[\da-f]+$/.test(spec.providerID);

/** The address that a node is scraped at; empty: it has none. */
export const addressOf = ({ status }: KubeNode): string =>
  status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
