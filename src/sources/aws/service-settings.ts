import { AwsConfigError, type AwsEnv, type AwsFiles, isOn, profileSection } from './config.ts';
import type { IniSection } from './ini.ts';

/** The AWS services that the program calls. */
export type ServiceName =
  | 'aps'
  | 'cloudtrail'
  | 'cloudwatch'
  | 'elasticfilesystem'
  | 'elasticloadbalancing'
  | 'fsx'
  | 'eks'
  | 'sts'
  | 'ec2'
  | 'autoscaling'
  | 'iam'
  | 'logs'
  | 'pricing'
  | 'route53'
  | 's3'
  | 'ssm'
  | 'vpc-lattice'
  | 'xray';

/** The services that a client may be made for: signing in asks of one that takes no signature. */
export type ClientName = ServiceName | 'sso-oidc';

/** How each service is spelled in AWS_ENDPOINT_URL_… and, in lower case, in the configuration file. */
const SPELLING: Readonly<Record<ClientName, string>> = {
  aps: 'AMP',
  eks: 'EKS',
  sts: 'STS',
  ec2: 'EC2',
  autoscaling: 'AUTO_SCALING',
  elasticloadbalancing: 'ELASTIC_LOAD_BALANCING_V2',
  cloudtrail: 'CLOUDTRAIL',
  cloudwatch: 'CLOUDWATCH',
  elasticfilesystem: 'EFS',
  fsx: 'FSX',
  iam: 'IAM',
  route53: 'ROUTE_53',
  logs: 'CLOUDWATCH_LOGS',
  pricing: 'PRICING',
  s3: 'S3',
  ssm: 'SSM',
  'vpc-lattice': 'VPC_LATTICE',
  xray: 'XRAY',
  'sso-oidc': 'SSO_OIDC',
};

/** Services with an older generation, whose endpoint has a name of its own. */
const OLDER: Partial<Readonly<Record<ClientName, string>>> = {
  elasticloadbalancing: 'ELASTIC_LOAD_BALANCING',
};

/** Where a service is, in the words of the SDK's clients. */
export interface ServiceSettings {
  readonly region: string;
  /** In place of AWS's own; what FIPS and dual stack would choose counts for nothing then. */
  readonly endpoint?: string;
  /** That of the older generation, where it has a name of its own; empty: AWS's own. */
  readonly olderEndpoint?: string;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  /** STS only: the endpoint that all old regions share. */
  readonly useGlobalEndpoint: boolean;
  /** The SDK would read them again, by other rules. */
  readonly ignoreConfiguredEndpointUrls: true;
}

/**
 * Where a service is as the aws CLI finds it: variables win over the profile. `fips-us-east-1` is
 * how regions with FIPS were once spelled.
 *
 * @throws {AwsConfigError} as {@link customEndpoint}
 */
export function serviceSettings(
  service: ClientName,
  scope: { readonly profile: string; readonly region: string },
  env: AwsEnv,
  files: AwsFiles,
): ServiceSettings {
  const section = profileSection(scope.profile, env, files);
  const endpoint = customEndpoint(service, scope.profile, env, files);
  const older = OLDER[service];
  const region = scope.region.replace(/^fips-|-fips$/, '');
  const regional = env.AWS_STS_REGIONAL_ENDPOINTS ?? section.sts_regional_endpoints;
  return {
    region,
    ...(endpoint ? { endpoint } : {}),
    ...(older === undefined
      ? {}
      : { olderEndpoint: customEndpoint(service, scope.profile, env, files, older) }),
    useFipsEndpoint:
      !endpoint && (isOn('use_fips_endpoint', section, env) || region !== scope.region),
    useDualstackEndpoint: !endpoint && isOn('use_dualstack_endpoint', section, env),
    useGlobalEndpoint: !endpoint && service === 'sts' && regional?.toLowerCase() === 'legacy',
    ignoreConfiguredEndpointUrls: true,
  };
}

/**
 * The endpoint that the user set in place of AWS's own, or an empty string. Variables win over the
 * configuration file, a single service over all (AWS SDKs and Tools Reference Guide,
 * "Service-specific endpoints").
 *
 * @param name how the service is spelled
 * @throws {AwsConfigError} where it is no URL, or the profile names services that are not there
 */
export function customEndpoint(
  service: ClientName,
  profile: string,
  env: AwsEnv,
  files: AwsFiles,
  name = SPELLING[service],
): string {
  const section = profileSection(profile, env, files);
  if (isOn('ignore_configured_endpoint_urls', section, env)) return '';
  const url =
    env[`AWS_ENDPOINT_URL_${name}`] ||
    env.AWS_ENDPOINT_URL ||
    servicesOf(section, files)[`${name.toLowerCase()}.endpoint_url`] ||
    section.endpoint_url ||
    '';
  if (url === '' || /^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  throw new AwsConfigError(
    `the ${service} endpoint "${url}" is no URL`,
    'AWS_ENDPOINT_URL and endpoint_url look like https://host:port',
  );
}

function servicesOf(section: IniSection, files: AwsFiles): IniSection {
  if (!section.services) return {};
  const services = files.services.get(section.services);
  if (services) return services;
  throw new AwsConfigError(
    `the profile names the services "${section.services}", which are not there`,
    `add a section [services ${section.services}] to ~/.aws/config`,
  );
}

/**
 * The first endpoint that is not AWS's own among those of the services and profiles that may be
 * asked, or empty: what a user is told who believes to look at AWS.
 */
export function anyCustomEndpoint(
  profiles: readonly string[],
  env: AwsEnv,
  files: AwsFiles,
): string {
  for (const profile of profiles) {
    for (const service of Object.keys(SPELLING) as ClientName[]) {
      try {
        const endpoint = customEndpoint(service, profile, env, files);
        if (endpoint) return endpoint;
      } catch {
        // Whoever asks this service is told what is wrong.
      }
    }
  }
  return '';
}

/**
 * Requests are signed, and session tokens go with them in the clear: over plain HTTP they go no
 * further than to this machine, where emulators are. The aws CLI would send them anywhere.
 *
 * @throws {AwsConfigError} for an endpoint that is not safe to be asked
 */
export function requireSafeEndpoint(endpoint: string): void {
  const { protocol, hostname, host } = new URL(endpoint);
  if (protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return;
  throw new AwsConfigError(
    `the endpoint http://${host} is not encrypted: AWS credentials are not sent to it`,
    'use an https:// endpoint; plain http:// is for endpoints on this machine',
  );
}
