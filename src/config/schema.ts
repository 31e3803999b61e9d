/** The configuration file's shape: validation, defaults and the reference page come from here. */
import * as z from 'zod';

/** A DNS label, as namespaces are named. */
export const namespaceName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'is not a namespace name');

/** `name=value`: a label that all metrics of a cluster have. */
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)=(.+)$/;

const WORKSPACE =
  'has to be a workspace (id, ARN or alias), or { workspace: …, label: name=value }';

const chosenWorkspace = z.union(
  [
    z
      .string()
      .min(1)
      .transform((workspace) => ({ workspace, label: null })),
    z.strictObject({
      workspace: z.string().min(1),
      label: z
        .string()
        .regex(LABEL, WORKSPACE)
        .transform((text) => {
          const [, label = '', value = ''] = LABEL.exec(text) ?? [];
          return { label, value };
        }),
    }),
  ],
  WORKSPACE,
);

export const configSchema = z.strictObject({
  theme: z
    .string()
    .default('dark')
    .describe('dark, light, mono, or the name of a file in the themes folder beside this file'),
  color: z
    .enum(['auto', 'none', '16', '256', 'truecolor'])
    .default('auto')
    .describe('colour depth; auto asks the environment (NO_COLOR, COLORTERM, TERM)'),
  fps: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .describe('most repaints a second that data may cause; keys are always painted at once'),
  readonly: z
    .boolean()
    .or(z.array(z.string()))
    .default(false)
    .describe(
      'refuse every change, below the user interface: everywhere, or in the clusters that one of these regular expressions knows by name, context, ARN or server; --write lifts it where a cluster is not protected',
    ),
  favorites: z
    .array(namespaceName)
    .max(9)
    .default([])
    .describe('namespaces of the keys 1 to 9, and those tried where listing all is forbidden'),
  remember: z
    .boolean()
    .default(true)
    .describe('begin where the last run on a cluster ended: its pane, namespace and keys 1 to 9'),
  protected: z
    .array(z.string())
    .default([])
    .describe(
      'regular expressions of clusters (name, context, ARN or server) where a change asks for its name',
    ),
  profiles: z
    .array(z.string())
    .default([])
    .describe('AWS profiles whose clusters are listed; all for every profile'),
  regions: z
    .array(z.string())
    .default([])
    .describe('AWS regions whose clusters are listed; all for every region that is enabled'),
  goneMinutes: z
    .number()
    .min(0)
    .max(240)
    .default(15)
    .describe('how long a deleted object stays listed, dimmed (minutes); 0 for not at all'),
  requestTimeout: z
    .number()
    .min(1)
    .max(300)
    .default(15)
    .describe('how long one request may take (seconds)'),
  time: z.enum(['age', 'local', 'utc']).default('age').describe('how moments are shown'),
  chartMarks: z
    .enum(['auto', 'braille', 'blocks', 'ascii'])
    .default('auto')
    .describe(
      'what charts are drawn with; auto is braille, where the terminal and its locale have that',
    ),
  prometheus: z
    .record(z.string(), chosenWorkspace, 'is no list of `pattern of clusters: workspace`')
    .default({})
    .describe(
      'workspace of Amazon Managed Service for Prometheus that has the metrics of a cluster, by a regular expression of clusters (name or ARN), the first that fits: its id or alias, or its ARN, which may be of another region, or `{ workspace: …, label: name=value }` where that label tells its metrics from others; what is not named is found by scrapers, tags and labels',
    ),
  logs: z
    .strictObject({
      buffer: z
        .number()
        .int()
        .min(100)
        .max(1_000_000)
        .default(50_000)
        .describe('lines kept per log pane'),
      wrap: z.boolean().default(false).describe('wrap long lines'),
      timestamps: z.boolean().default(false).describe("show the API server's timestamps"),
      fold: z
        .boolean()
        .default(true)
        .describe('show JSON, logfmt and klog lines as time, level, message and fields'),
    })
    .prefault({})
    .describe('the log pane'),
  keys: z
    .record(z.string(), z.array(z.string()).or(z.string()))
    .default({})
    .describe('other chords for commands, e.g. `describe: ctrl-d`; see the key reference'),
});

/** A complete configuration: the file's values over the defaults, flags over both. */
export type Config = z.output<typeof configSchema>;
