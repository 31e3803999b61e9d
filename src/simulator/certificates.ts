import { generate } from 'selfsigned';

export interface Certificates {
  /** PEM. */
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority made for this run, and a server certificate of it for loopback. */
export async function createCertificates(): Promise<Certificates> {
  const notAfterDate = new Date(Date.now() + 30 * 86_400_000);
  // Clients whose clocks are a little behind must not refuse it.
  const notBeforeDate = new Date(Date.now() - 3_600_000);
  const common = { keyType: 'ec', algorithm: 'sha256', notBeforeDate, notAfterDate } as const;
  const authority = await generate([{ name: 'commonName', value: 'ekscope simulated region' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'keyUsage',
        keyCertSign: true,
        cRLSign: true,
        digitalSignature: true,
        critical: true,
      },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: '*.localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { ca: authority.cert, key: server.private, cert: server.cert };
}
