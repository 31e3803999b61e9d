import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { serveRegion, type TestAws, testRegion } from '../../../support/aws-region.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

let aws: TestAws;
let proxy: Server;
let proxyUrl: string;
/** What the proxy was asked to connect to. */
let tunnels: string[];

beforeEach(async () => {
  aws = await serveRegion(testRegion().region);
  tunnels = [];
  proxy = createServer();
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const { hostname, port } = new URL(`tcp://${request.url ?? ''}`);
    const target = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    for (const end of [target, socket]) end.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await aws.close();
  await new Promise((resolve) => proxy.close(resolve));
});

async function ask(env: Readonly<Record<string, string>>): Promise<string> {
  const port = createAwsPort({
    clock: new VirtualClock(),
    random: () => 0.5,
    env: { ...aws.env, ...env },
    files: NO_FILES,
  });
  const door = port.door({ profile: '', region: 'eu-central-1' }, () => true);
  const { Account } = await door.call('sts:GetCallerIdentity', {});
  port.close();
  return Account;
}

it('goes through the proxy of HTTPS_PROXY', async () => {
  expect(await ask({ HTTPS_PROXY: proxyUrl })).toBe('111122223333');
  expect(tunnels).toEqual([new URL(aws.url).host]);
});

it('goes past it for the hosts of NO_PROXY', async () => {
  expect(await ask({ HTTPS_PROXY: proxyUrl, NO_PROXY: '127.0.0.1' })).toBe('111122223333');
  expect(tunnels).toEqual([]);
});
