import { describe, expect, it } from 'vitest';
import type { Log } from '../../../../src/ports/log.ts';
import { GET, open, secure } from './open-transport.ts';
import { json } from './tls-server.ts';

describe('what the log hears of requests', () => {
  type Told = readonly [level: string, event: string, fields: Readonly<Record<string, unknown>>];
  const listen = (): { readonly log: Log; readonly told: Promise<Told> } => {
    const { promise, resolve } = Promise.withResolvers<Told>();
    return { told: promise, log: (level, event, fields = {}) => resolve([level, event, fields]) };
  };

  it('is what was asked, how it ended and with which sort of credentials, never with which', async () => {
    const { log, told } = listen();
    const { url } = await secure((_seen, response) => json(response, { answer: 'body' }));
    const transport = open({ server: url }, { token: 'very-secret' }, { log });
    await transport.json({ ...GET, query: { limit: '5', continue: 'opaque' } });
    const heard = await told;
    expect(heard).toMatchObject([
      'info',
      'request',
      {
        method: 'GET',
        path: '/version',
        query: { limit: '5', continue: '…' },
        status: 200,
        retries: 0,
        credentials: 'Bearer of the kubeconfig',
      },
    ]);
    expect(JSON.stringify(heard)).not.toMatch(/very-secret|opaque|body/);
  });

  it('is a failure with its reason', async () => {
    const { log, told } = listen();
    const { url } = await secure((_seen, response) => json(response, { message: 'no' }, 403));
    await expect(open({ server: url }, {}, { log }).json(GET)).rejects.toThrow();
    expect(await told).toMatchObject(['warn', 'request failed', { status: 403 }]);
  });
});
