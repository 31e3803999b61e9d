import type { KubeTableId, KubeTables } from '../../../domain/tables.ts';
import { ENDPOINT_SLICE, endpointSliceRow } from './endpointslices.ts';
import { EVENT, eventRow } from './events.ts';
import type { Message } from './message.ts';
import { HPA, hpaRow } from './hpas.ts';
import { CRON_JOB, cronJobRow, JOB, jobRow } from './jobs.ts';
import { NODE, nodeRow } from './nodes.ts';
import { NAMESPACE, namespaceRow, SERVICE_ACCOUNT, serviceAccountRow } from './plain.ts';
import { POD, podRow } from './pods.ts';
import { SERVICE, serviceRow } from './services.ts';
import { NODE_METRICS, nodeUsageRow, POD_METRICS, podUsageRow } from './usage.ts';
import * as workloads from './workloads.ts';

/** How an object of one table becomes its row. Joined fields start as `null`, `gone` as 0. */
export interface Decoder<Row> {
  /** From the object as parsed JSON. Total: what is missing or malformed reads as absent. */
  json(object: unknown): Row;
  /**
   * From the object's protobuf message, without the `runtime.Unknown` envelope around it
   * (see unwrapUnknown in envelope.ts). Throws where the bytes are no protobuf message.
   */
  protobuf(message: Uint8Array): Row;
}

/** One projection, two encodings. */
function decoder<T, Row>(kind: Message<T>, row: (object: T) => Row): Decoder<Row> {
  return {
    json: (object) => row(kind.json(object)),
    protobuf: (bytes) => row(kind.protobuf(bytes)),
  };
}

const DECODERS: { readonly [T in KubeTableId]: Decoder<KubeTables[T]> } = {
  pods: decoder(POD, podRow),
  nodes: decoder(NODE, nodeRow),
  deployments: decoder(workloads.DEPLOYMENT, workloads.deploymentRow),
  statefulsets: decoder(workloads.STATEFUL_SET, workloads.statefulSetRow),
  daemonsets: decoder(workloads.DAEMON_SET, workloads.daemonSetRow),
  replicasets: decoder(workloads.REPLICA_SET, workloads.replicaSetRow),
  jobs: decoder(JOB, jobRow),
  cronjobs: decoder(CRON_JOB, cronJobRow),
  services: decoder(SERVICE, serviceRow),
  endpointslices: decoder(ENDPOINT_SLICE, endpointSliceRow),
  hpas: decoder(HPA, hpaRow),
  events: decoder(EVENT, eventRow),
  namespaces: decoder(NAMESPACE, namespaceRow),
  serviceaccounts: decoder(SERVICE_ACCOUNT, serviceAccountRow),
  podusage: decoder(POD_METRICS, podUsageRow),
  nodeusage: decoder(NODE_METRICS, nodeUsageRow),
};

/** The decoder of a table. Every kind has both encodings; which one is asked for is the transport's choice. */
export function decoderOf<T extends KubeTableId>(table: T): Decoder<KubeTables[T]> {
  return DECODERS[table];
}
