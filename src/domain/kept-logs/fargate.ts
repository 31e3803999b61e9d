/** Where the log router of Fargate sends what pods write: its configuration is a config map. */

/** Its place is fixed. @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html */
export const FARGATE_LOGGING = { namespace: 'aws-observability', name: 'aws-logging' } as const;

/** An output of Fluent Bit that is CloudWatch. */
export interface RouterOutput {
  readonly group: string;
  /** What its streams begin with. */
  readonly prefix: string;
}

/**
 * The first output to CloudWatch in the configuration of a log router; null where there is none that
 * names its log group (others go to OpenSearch, Firehose, or to groups made from templates).
 */
export function routerOutput(configuration: string): RouterOutput | null {
  for (const section of configuration.split(/^\s*\[/m)) {
    const [head = '', ...lines] = section.split('\n');
    if (!/^OUTPUT\]/i.test(head)) continue;
    const settings = new Map(lines.map(setting));
    // The name is matched as Fluent Bit does, whatever its case.
    if (!/^cloudwatch(_logs)?$/i.test(settings.get('name') ?? '')) continue;
    const group = settings.get('log_group_name') ?? '';
    if (group === '' || group.includes('$')) continue;
    return { group, prefix: settings.get('log_stream_prefix') ?? '' };
  }
  return null;
}

function setting(line: string): readonly [string, string] {
  const [, key = '', value = ''] = /^\s*(\S+)\s+(.*?)\s*$/.exec(line) ?? [];
  return [key.toLowerCase(), value];
}
