import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

/** Well-formed: a reader of XML finds nothing wrong with it. */
const PAGE = '<!DOCTYPE html>\n<html><head><title>Blocked</title></head><body>No</body></html>';

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function listening(): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A door that asks each thing once. */
function door(env: Readonly<Record<string, string>>) {
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_MAX_ATTEMPTS: '1' };
  const clock = new VirtualClock();
  const port = createAwsPort({ clock, random: () => 0, env: { ...keys, ...env }, files: NO_FILES });
  return port.door({ profile: '', region: 'eu-central-1' }, () => true);
}

it.each([
  [200, 'eks'],
  [200, 'ec2'],
  [302, 'ec2'],
  [403, 'eks'],
  [403, 'ec2'],
  [407, 'ec2'],
])('a page of a proxy with status %d is no answer of AWS to %s', async (status, service) => {
  server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end(PAGE));
  });
  const asks = door({ AWS_ENDPOINT_URL: `http://${await listening()}` });
  const asked =
    service === 'eks'
      ? asks.call('eks:ListClusters', {})
      : asks.call('ec2:DescribeInstances', { Filters: [] });
  await expect(asked).rejects.toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('with no AWS answer') as string,
    hint: expect.stringContaining('proxy') as string,
  });
});

it.each([
  [403, 'NO_PROXY'],
  [407, 'a name and a password'],
])(
  'a proxy that answers %d makes no connection, and its password is not told',
  async (status, hint) => {
    server = createServer().on('connect', (_, socket) => {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`);
    });
    const asks = door({ HTTPS_PROXY: `http://me:secret@${await listening()}` });
    await expect(asks.call('eks:ListClusters', {})).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(
        new RegExp(`^the proxy makes no connection to [^@]*: it answers ${status}$`),
      ) as string,
      hint: expect.stringContaining(hint) as string,
    });
  },
);
