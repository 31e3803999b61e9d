import { isIP } from 'node:net';
import { oneLine } from './errors.ts';
import { KubeconfigError, type ClusterEntry } from './kubeconfig-file.ts';

/** Whether an address is a mere `host:port`. */
export function isBare(server: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:\/\//i.test(server);
}

/**
 * A cluster's address. One without a scheme (`host:port`) is http, as for kubectl.
 * @throws KubeconfigError where it is no address of an HTTP server
 */
export function serverUrl({ name, server }: ClusterEntry): URL {
  const bare = isBare(server);
  const url = URL.parse(bare ? `http://${server}` : server);
  if (url === null || !/^https?:$/.test(url.protocol) || (bare && !/^[^/?#@]+\/?$/.test(server))) {
    throw new KubeconfigError(
      `cluster "${oneLine(name)}" cannot be used: its server "${withoutUserinfo(server)}" is no URL: it should be https://host:port`,
    );
  }
  return url;
}

/** The address as it is shown, compared and written: without credentials and final slash. */
export function addressOf(url: URL): string {
  return `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '');
}

/** Whether it is this machine, which needs no network to be reached. */
export function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function withoutUserinfo(server: string): string {
  return oneLine(server.replace(/^([a-z+.-]*:\/\/)?[^/]*@/i, '$1'));
}
