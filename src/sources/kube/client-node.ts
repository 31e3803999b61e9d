/** What we use of client-node, in a module of its own so that it can be loaded lazily and no more of it. */
export { KubeConfig } from '@kubernetes/client-node';
