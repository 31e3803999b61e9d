import { type AwsEnv, type AwsFiles, profileSection } from './config.ts';

/** The AWS services that the program calls. */
export type ServiceName = 'eks' | 'sts' | 'ec2' | 'autoscaling';

/** How each service is spelled in AWS_ENDPOINT_URL_… and, in lower case, in the configuration file. */
const SPELLING: Readonly<Record<ServiceName, string>> = {
  eks: 'EKS',
  sts: 'STS',
  ec2: 'EC2',
  autoscaling: 'AUTO_SCALING',
};

/**
 * The endpoint that the user set in place of AWS's own, or an empty string. Variables win over the
 * configuration file, a single service over all (AWS SDKs and Tools Reference Guide,
 * "Service-specific endpoints").
 */
export function customEndpoint(
  service: ServiceName,
  profile: string,
  env: AwsEnv,
  files: AwsFiles,
): string {
  const section = profileSection(profile, env, files);
  const ignored =
    env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? section.ignore_configured_endpoint_urls;
  if (ignored?.toLowerCase() === 'true') return '';
  const name = SPELLING[service];
  const services = files.services.get(section.services ?? '') ?? {};
  return (
    env[`AWS_ENDPOINT_URL_${name}`] ||
    env.AWS_ENDPOINT_URL ||
    services[`${name.toLowerCase()}.endpoint_url`] ||
    section.endpoint_url ||
    ''
  );
}
