import { X509Certificate } from 'node:crypto';

/** What is told of a certificate. */
export interface Certificate {
  /** When it ends to be valid (ms). */
  readonly expires: number;
  /** Names and addresses that it is for; its subject where it has none. */
  readonly hosts: readonly string[];
  readonly issuer: string;
}

/** The first certificate of a PEM or DER text, which is the server's own; null where there is none. */
export function certificateOf(bytes: Uint8Array): Certificate | null {
  try {
    const { validTo, subjectAltName = '', subject, issuer } = new X509Certificate(bytes);
    const expires = Date.parse(validTo);
    if (Number.isNaN(expires)) return null;
    const names = [...subjectAltName.matchAll(/(?:^|, )(?:DNS|IP Address):([^,]+)/g)].map(
      ([, name = '']) => name,
    );
    const hosts = names.length > 0 ? names : [commonName(subject)].filter(Boolean);
    return { expires, hosts, issuer: commonName(issuer) };
  } catch {
    return null;
  }
}

/** The CN of a distinguished name as Node writes them, one part a line; all of it where it has none. */
function commonName(name: string | undefined): string {
  const parts = (name ?? '').split('\n');
  const common = parts.find((part) => part.startsWith('CN='));
  return common === undefined ? parts.join(', ') : common.slice(3);
}
