import type http from 'node:http';
import type https from 'node:https';

/**
 * An agent that reaches `server` through a proxy (`http://`, `https://` or `socks5://`, with a
 * name and a password in the address if need be). A proxy that speaks TLS is checked as the server
 * is. The libraries are loaded only where there is a proxy.
 */
export async function proxyAgent(
  proxy: string,
  server: URL,
  options: https.AgentOptions,
): Promise<http.Agent> {
  if (proxy.startsWith('socks')) {
    const { SocksProxyAgent } = await import('socks-proxy-agent');
    // As client-go reads it: names are the proxy's to look up, of which ours may know nothing.
    return new SocksProxyAgent(proxy.replace(/^socks5:/i, 'socks5h:'), options);
  }
  const { HttpProxyAgent, HttpsProxyAgent } = await import('hpagent');
  const { ca, rejectUnauthorized } = options;
  const proxyRequestOptions = {
    ...(typeof ca === 'string' ? { ca: [ca] } : {}),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  };
  const all = { ...options, proxy, proxyRequestOptions };
  return server.protocol === 'http:' ? new HttpProxyAgent(all) : new HttpsProxyAgent(all);
}
