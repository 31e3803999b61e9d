/** A transport to a server of the test, as a kubeconfig describes it. */
import { ApiServer, type ApiServerOptions } from '../../../../src/sources/kube/api-server.ts';
import { loadKubeconfig } from '../../../../src/sources/kube/kubeconfig.ts';
import { Transport, type TransportOptions } from '../../../../src/sources/kube/transport.ts';
import { systemClock } from '../../../../src/core/clock.ts';
import { certificate, json, serve, type Answer } from './tls-server.ts';

export const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const GET = { doing: 'ask', path: '/version' };
export const ok: Answer = (_seen, response) => json(response, { ok: true });

/** Certificates that belong together. */
export const ca = await certificate('test-ca');
export const server = await certificate('loopback', ca);
export const client = await certificate('alice', ca);

/** A server with TLS. */
export const secure = (answer: Answer = ok, pair = server) =>
  serve(answer, { ...pair, ca: ca.cert });

/** What the kubeconfig says of the cluster; without a word about trust it trusts the test's CA. */
type ClusterFields = { readonly server: string; readonly [field: string]: unknown };
export type Options = Partial<ApiServerOptions & TransportOptions> & {
  readonly eksToken?: (
    cluster: unknown,
    ahead: number,
  ) => Promise<{ readonly token: string; readonly expires: number }>;
};

/** A api and the transport on it. */
export function connect(cluster: ClusterFields, user: object = {}, options: Options = {}) {
  const text = JSON.stringify({
    'current-context': 'c',
    clusters: [
      { name: 'c', cluster: { 'certificate-authority-data': base64(ca.cert), ...cluster } },
    ],
    users: [{ name: 'c', user }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
  });
  const { eksToken, ...rest } = options;
  const all = {
    clock: systemClock,
    env: {},
    version: '1.2.3',
    readonly: () => false,
    timeout: 30_000,
    ...rest,
  };
  const config = loadKubeconfig({ text });
  const target = { config, context: 'c', ...(eksToken === undefined ? {} : { eksToken }) };
  const api = new ApiServer(target, all);
  return { api, transport: new Transport(api, all) };
}

export const open = (...args: Parameters<typeof connect>): Transport => connect(...args).transport;
