import { readFile } from 'node:fs/promises';

/** The variables that the aws CLI has for the metadata service. */
interface MetadataEnv {
  readonly AWS_EC2_METADATA_DISABLED?: string | undefined;
  readonly AWS_EC2_METADATA_SERVICE_ENDPOINT?: string | undefined;
}

/**
 * The region of the EC2 instance that the program runs on, by its metadata service (IMDSv2), which
 * is waited for at most a second per question; empty elsewhere and where it is switched off.
 */
export async function instanceRegion(env: MetadataEnv): Promise<string> {
  if (env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true') return '';
  if (!env.AWS_EC2_METADATA_SERVICE_ENDPOINT && !(await isInstance())) return '';
  const { NODE_REGION_CONFIG_OPTIONS } = await import('@smithy/core/config');
  const ask = NODE_REGION_CONFIG_OPTIONS.default;
  if (typeof ask !== 'function') return '';
  try {
    return await ask();
  } catch {
    return '';
  }
}

/**
 * As AWS describes it ("Detect whether a host is an EC2 instance"). On other machines nobody
 * answers, and every start without a region would wait for nothing.
 */
async function isInstance(): Promise<boolean> {
  const marks = [
    ['/sys/devices/virtual/dmi/id/board_asset_tag', 'i-'],
    ['/sys/hypervisor/uuid', 'ec2'],
  ] as const;
  const found = await Promise.all(
    marks.map(([path, mark]) =>
      readFile(path, 'utf8').then(
        (text) => text.startsWith(mark),
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
