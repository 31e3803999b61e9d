import { expect, it } from 'vitest';
import { createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE000000000',
  AWS_SECRET_ACCESS_KEY: 'x'.repeat(40),
};
const FILES = NO_FILES;

/** What `aws eks get-token` (botocore 1.43) made at these moments of the same keys. */
const BOTOCORE = [
  {
    cluster: 'demo',
    region: 'eu-west-1',
    at: '2026-11-24T06:30:26Z',
    env: {},
    host: 'https://sts.eu-west-1.amazonaws.com',
    signature: '12e2d898a25e1670da16cc0570f0508bd96afddca6c5d459b4fe10c65eeee346',
  },
  {
    cluster: 'demo',
    region: 'us-east-1',
    at: '2026-11-24T06:30:27Z',
    env: { AWS_SESSION_TOKEN: 'tok/en+==' },
    host: 'https://sts.us-east-1.amazonaws.com',
    signature: 'bb9d7e9f9ff40bc5f09ac7298e861c5a2a70f8f5009cdeb071f18d761a81fcfa',
  },
  {
    cluster: 'shop-prod',
    region: 'eu-central-1',
    at: '2026-11-24T06:30:28Z',
    env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:5000' },
    host: 'http://127.0.0.1:5000',
    signature: 'd7e0dbd8e4d308da8982582a3cf43b6668877bdb0218e933a4df0f113d293660',
  },
  {
    cluster: 'demo',
    region: 'cn-north-1',
    at: '2026-11-24T06:30:29Z',
    env: {},
    host: 'https://sts.cn-north-1.amazonaws.com.cn',
    signature: '8385b193c1aa8c7d6d38be2eb77ec4901a2434b8cd855505af8ee64e5badafd4',
  },
];

it.each(BOTOCORE)(
  'signs the token for $cluster in $region as botocore does, byte by byte',
  async ({ cluster, region, at, env, host, signature }) => {
    const port = createAwsPort({
      clock: new VirtualClock(Date.parse(at)),
      random: () => 0.5,
      env: { ...KEYS, ...env },
      files: FILES,
    });
    const { token } = await port.token({ name: cluster, profile: '', region });
    port.close();
    const time = at.replace(/[-:]/g, '');
    const session = 'AWS_SESSION_TOKEN' in env ? '&X-Amz-Security-Token=tok%2Fen%2B%3D%3D' : '';
    const url =
      `${host}/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256` +
      `&X-Amz-Credential=AKIAEXAMPLE000000000%2F20261124%2F${region}%2Fsts%2Faws4_request` +
      `&X-Amz-Date=${time}&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id${session}` +
      `&X-Amz-Signature=${signature}`;
    expect(token).toBe(`k8s-aws-v1.${Buffer.from(url).toString('base64url')}`);
  },
);

it('makes a new token whenever it is asked, good for 14 minutes', async () => {
  const clock = new VirtualClock();
  const port = createAwsPort({ clock, random: () => 0.5, env: KEYS, files: FILES });
  const ask = () => port.token({ name: 'demo', profile: '', region: 'eu-west-1' });
  const first = await ask();
  expect(first.expires).toBe(clock.now() + 14 * 60_000);
  clock.advance(1_000);
  const second = await ask();
  expect(second.token).not.toBe(first.token);
  port.close();
});

it('signs by the clock that the token counts by, and says by ours when it ends', async () => {
  const now = Date.UTC(2026, 10, 24, 6, 30);
  const clock = new VirtualClock(now);
  const port = createAwsPort({ clock, random: () => 0.5, env: KEYS, files: FILES });
  const ahead = 3 * 60 * 60_000;
  const { token, expires } = await port.token({ name: 'demo', profile: '', region: 'r-1', ahead });
  port.close();
  const url = Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString();
  expect(new URL(url).searchParams.get('X-Amz-Date')).toBe('20261124T093000Z');
  expect(expires).toBe(now + 14 * 60_000);
});
