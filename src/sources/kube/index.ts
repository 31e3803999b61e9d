/** The Kubernetes source: everything that the program asks of an API server goes through here. */
export type { ApiServerOptions, KubeTarget } from './api-server.ts';
export type { TokenSource } from './credentials.ts';
export type { EksContext } from './eks.ts';
export {
  listContexts,
  loadKubeconfig,
  type ContextInfo,
  type Kubeconfig,
  type KubeconfigSource,
} from './kubeconfig.ts';
export { IN_CLUSTER, inClusterConfig } from './in-cluster.ts';
export { KubeconfigError } from './kubeconfig-file.ts';
export { createKubePort, type KubePortOptions } from './port.ts';
