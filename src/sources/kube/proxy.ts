import { BlockList, isIP } from 'node:net';
import { isLoopback } from './server-url.ts';

/** The environment of proxies; lower case wins, as in Go and curl. */
export type ProxyEnv = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a server, empty where it is reached directly. As Go
 * does it (net/http ProxyFromEnvironment): loopback is never proxied; NO_PROXY holds names (with
 * their subdomains), addresses, CIDR ranges or `*`, each with an optional port.
 */
export function proxyFromEnv(server: URL, env: ProxyEnv): string {
  const read = (name: string): string => env[name.toLowerCase()] || env[name] || '';
  const proxy = read(server.protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY');
  if (proxy === '' || isExcluded(server, read('NO_PROXY'))) return '';
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isExcluded(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = server.port || (server.protocol === 'http:' ? '80' : '443');
  if (isLoopback(server)) return true;
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return inRange(host, entry);
  const [, name = entry, entryPort] = /^(.*?):(\d+)$/.exec(isIP(entry) === 6 ? '' : entry) ?? [];
  if (entryPort !== undefined && entryPort !== port) return false;
  const bare = name.replace(/^\*?\./, '');
  // `.example.com` means subdomains only, `example.com` the domain too.
  return host.endsWith(`.${bare}`) || (host === bare && bare === name);
}

function inRange(host: string, cidr: string): boolean {
  const [network = '', bits = ''] = cidr.split('/');
  const family = isIP(host);
  if (family === 0 || family !== isIP(network) || !/^\d+$/.test(bits)) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(bits), type);
  } catch {
    return false;
  }
  return list.check(host, type);
}
