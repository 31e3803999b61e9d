import { X509Certificate } from 'node:crypto';
import type https from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';
import { fileProblem, readSmallFile } from './bounded-file.ts';
import type { Credential } from './credentials.ts';
import { oneLine, RequestError } from './errors.ts';
import type { ClusterEntry } from './kubeconfig-file.ts';
import type { UserEntry } from './kubeconfig-user.ts';

/** What a socket is opened with. */
export type TlsMaterial = Pick<https.AgentOptions, 'ca' | 'cert' | 'key' | 'servername'> & {
  /** Always said: left out, the environment could switch the checks off. */
  readonly rejectUnauthorized: boolean;
  /** As client-go has it: a certificate that the kubeconfig names is trusted, whoever signed it. */
  readonly allowPartialTrustChain?: true;
  /** The certificates and keys, parsed once for all connections; absent where they cannot be. */
  readonly secureContext?: SecureContext;
};

/** The certificates, keys and checks of one cluster as one user. */
export class Tls {
  readonly #cluster: ClusterEntry;
  readonly #user: UserEntry;
  readonly #verified: boolean;
  /** The bundle that was last found to hold a certificate. */
  #knownCa: string | null = null;
  /** What was last made, and of what. */
  #last: {
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
    readonly material: TlsMaterial;
  } | null = null;

  constructor(cluster: ClusterEntry, user: UserEntry, verified: boolean) {
    this.#cluster = cluster;
    this.#user = user;
    this.#verified = verified;
  }

  /**
   * Read anew each time: files may be replaced while we run. As long as they say the same it is the
   * same object.
   * @throws RequestError (401) where a file cannot be read or a CA holds no certificate
   */
  async of(credential: Credential | null): Promise<TlsMaterial> {
    const { caData, caFile, tlsServerName } = this.#cluster;
    const { certData, certFile, keyData, keyFile } = this.#user;
    const ca = await this.#ca(caFile, caData);
    const cert = credential?.cert || (await pem(certFile, certData));
    const key = credential?.key || (await pem(keyFile, keyData));
    const last = this.#last;
    if (last?.ca === ca && last.cert === cert && last.key === key) return last.material;
    const material = parsed({
      ...(ca === '' ? {} : { ca, allowPartialTrustChain: true }),
      ...(cert === '' ? {} : { cert }),
      ...(key === '' ? {} : { key }),
      ...(tlsServerName === '' ? {} : { servername: tlsServerName }),
      rejectUnauthorized: this.#verified,
    });
    this.#last = { ca, cert, key, material };
    return material;
  }

  /** Empty where the cluster names none: then the system's roots count. */
  async #ca(file: string, data: string): Promise<string> {
    if (file === '' && data === '') return '';
    const ca = await pem(file, data);
    if (ca === this.#knownCa) return ca;
    if (!holdsCertificate(ca)) {
      const source = file === '' ? 'certificate-authority-data' : file;
      throw noCredentials(`${source} holds no certificate to trust`);
    }
    return (this.#knownCa = ca);
  }
}

/**
 * With what is parsed of it: a connection that parses it holds its turn for as long as a frame may take.
 * What cannot be parsed is left to the connection, which says so.
 */
function parsed(material: TlsMaterial): TlsMaterial {
  try {
    return { ...material, secureContext: createSecureContext(material) };
  } catch {
    return material;
  }
}

function holdsCertificate(bundle: string): boolean {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.some((block) => {
    try {
      new X509Certificate(block);
      return true;
    } catch {
      return false;
    }
  });
}

/** PEM text of a file, or of base64; empty where there is neither. */
async function pem(file: string, data: string): Promise<string> {
  if (file === '') return Buffer.from(data, 'base64').toString('utf8');
  try {
    return await readSmallFile(file);
  } catch (error) {
    throw noCredentials(`${file} cannot be read: ${oneLine(fileProblem(error))}`);
  }
}

function noCredentials(message: string): RequestError {
  const hint = 'check the files that the kubeconfig names';
  return new RequestError(401, message, { hint, reason: 'NoCredentials' });
}
