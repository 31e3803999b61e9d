import { resolve } from 'node:path';
import type { Entry, FieldReader, Problem } from './kubeconfig-fields.ts';

/** A credential plugin as a kubeconfig declares it. */
export interface ExecConfig {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly interactiveMode: string;
  readonly provideClusterInfo: boolean;
  readonly installHint: string;
}

/** Whom to act as; all of it empty: as oneself. */
export interface Impersonation {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** A user as a kubeconfig writes it; what it leaves out is empty. */
export interface UserEntry extends Entry {
  /** PEM in base64. */
  readonly certData: string;
  readonly certFile: string;
  readonly keyData: string;
  readonly keyFile: string;
  readonly token: string;
  readonly tokenFile: string;
  readonly username: string;
  readonly password: string;
  readonly impersonate: Impersonation;
  readonly exec: ExecConfig | null;
  /** The settings of the OIDC auth provider, the only one that is left. */
  readonly oidc: Readonly<Record<string, string>> | null;
}

/** Nobody in particular: contexts need not name a user. */
export const ANONYMOUS: UserEntry = {
  name: '',
  problem: '',
  certData: '',
  certFile: '',
  keyData: '',
  keyFile: '',
  token: '',
  tokenFile: '',
  username: '',
  password: '',
  impersonate: { user: '', uid: '', groups: [], extra: {} },
  exec: null,
  oidc: null,
};

/** Reads a user; what kubectl refuses to use is a problem. */
export function readUser(
  body: FieldReader,
  folder: string,
  problem: Problem,
): Omit<UserEntry, keyof Entry> {
  const path = (key: string): string => {
    const text = body.text(key);
    return text === '' ? '' : resolve(folder, text);
  };
  const user = {
    certData: body.base64('client-certificate-data'),
    certFile: path('client-certificate'),
    keyData: body.base64('client-key-data'),
    keyFile: path('client-key'),
    token: body.text('token'),
    tokenFile: path('tokenFile'),
    username: body.text('username'),
    password: body.text('password'),
    impersonate: impersonationOf(body),
    exec: execOf(body, folder, problem),
    oidc: oidcOf(body, problem),
  };
  refuse(user, problem);
  return user;
}

/** Combinations that no client may choose among. */
function refuse(user: Omit<UserEntry, keyof Entry>, problem: Problem): void {
  const { certData, certFile, keyData, keyFile, impersonate } = user;
  if ((user.token !== '' || user.tokenFile !== '') && user.username !== '') {
    problem.note('the user has both a token and a user name: leave out one of them');
  }
  if (certData !== '' && certFile !== '') {
    problem.note('the user has both client-certificate and client-certificate-data');
  }
  const hasCert = certData !== '' || certFile !== '';
  if (hasCert && keyData !== '' && keyFile !== '') {
    problem.note('the user has both client-key and client-key-data');
  }
  if (hasCert && keyData === '' && keyFile === '') {
    problem.note('the user has a client certificate without a client-key');
  }
  const { uid, groups, extra } = impersonate;
  const more = uid !== '' || groups.length > 0 || Object.keys(extra).length > 0;
  if (more && impersonate.user === '') {
    problem.note('as-uid, as-groups and as-user-extra need "as", the user to impersonate');
  }
  if (user.exec !== null && user.oidc !== null) {
    problem.note('the user has both exec and auth-provider: leave out one of them');
  }
}

function impersonationOf(body: FieldReader): Impersonation {
  const extra = body.mapping('as-user-extra');
  return {
    user: body.text('as'),
    uid: body.text('as-uid'),
    groups: body.texts('as-groups'),
    extra: Object.fromEntries(extra?.keys.map((key) => [key, extra.texts(key)]) ?? []),
  };
}

const API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];
const MODES = ['Never', 'IfAvailable', 'Always'];

function execOf(body: FieldReader, folder: string, problem: Problem): ExecConfig | null {
  const exec = body.mapping('exec');
  if (exec === null) return null;
  const variables = exec.mappings('env');
  const env = Object.fromEntries(
    variables.map((variable) => [variable.text('name'), variable.text('value')]),
  );
  const command = exec.text('command');
  const config: ExecConfig = {
    // One with a folder in it is relative to the kubeconfig; one without is looked for on PATH.
    command: command.includes('/') ? resolve(folder, command) : command,
    args: exec.texts('args'),
    env,
    apiVersion: exec.text('apiVersion'),
    interactiveMode: exec.text('interactiveMode'),
    provideClusterInfo: exec.flag('provideClusterInfo'),
    installHint: exec.text('installHint'),
  };
  if (command === '') problem.note('the credential plugin (exec) has no command');
  if ('' in env) problem.note('a variable of the credential plugin (exec.env) has no name');
  const { apiVersion, interactiveMode } = config;
  if (!API_VERSIONS.includes(apiVersion)) {
    problem.note(
      `the credential plugin (exec) has the apiVersion "${apiVersion}": write ${API_VERSIONS.join(' or ')}`,
    );
  }
  const mayBeAbsent = apiVersion !== API_VERSIONS[0];
  if (!MODES.includes(interactiveMode) && !(mayBeAbsent && interactiveMode === '')) {
    problem.note(
      `the credential plugin (exec) has the interactiveMode "${interactiveMode}": write one of ${MODES.join(', ')}`,
    );
  }
  return config;
}

function oidcOf(body: FieldReader, problem: Problem): UserEntry['oidc'] {
  const provider = body.mapping('auth-provider');
  if (provider === null) return null;
  const name = provider.text('name');
  if (name !== 'oidc') {
    problem.note(
      `the auth-provider "${name}" is no longer part of Kubernetes clients: use a credential plugin (exec)`,
    );
  }
  const config = provider.mapping('config');
  return Object.fromEntries(config?.keys.map((key) => [key, config.text(key)]) ?? []);
}
