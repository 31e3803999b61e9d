/** The logs of a cluster's control plane, where EKS sends them. */
import {
  controlPlaneGroup,
  controlPlaneLine,
  CONTROL_PLANE_LOGS,
  loggingCommand,
  typesOff,
} from '../../domain/kept-logs/control-plane.ts';
import type { ClusterRow } from '../../domain/rows.ts';
import type { KeptLogsDef } from '../../ports/kept-logs.ts';

export const controlPlaneLogs: KeptLogsDef<ClusterRow> = {
  iam: ['logs:FilterLogEvents', 'logs:StartLiveTail'],
  of: (row, _query, eks) => {
    // What is not known may be on.
    const off = row.logging === null ? [] : typesOff(row.logging);
    const command = loggingCommand(eks, off);
    const isOff = (type: string): boolean => off.includes(type);
    const words = off.length === CONTROL_PLANE_LOGS.size ? 'all types' : off.join(', ');
    return {
      title: `${eks.name} control plane`,
      namespace: '',
      writers: [...CONTROL_PLANE_LOGS.keys()].map((type) => ({
        ...{ pod: type, container: '' },
        missing: isOff(type) ? `this type of log is off; on with: ${command}` : '',
      })),
      advice: off.length === 0 ? [] : [`off: ${words} (c copies what turns them on)`],
      copies:
        off.length === 0 ? [] : [{ label: `the aws line that turns on ${words}`, text: command }],
      find: () =>
        Promise.resolve({
          group: controlPlaneGroup(eks.name),
          searches: [{ streams: '', pattern: '' }],
          from: row.created,
          until: null,
          read: controlPlaneLine,
          unless: `no type of log has been on yet: ${loggingCommand(eks, typesOff([]))}`,
        }),
    };
  },
};
