import { attach } from './pods/attach.ts';
import type { AnyAction } from './engine/define.ts';
import { apply } from './objects/apply.ts';
import { bindRole } from './aws/bind-role.ts';
import { cordon, uncordon } from './nodes/cordon.ts';
import { copyFiles } from './pods/copy-files.ts';
import { createFargate } from './aws/create-fargate.ts';
import { deleteObjects } from './objects/delete.ts';
import { editObject } from './objects/edit.ts';
import { deleteFargate } from './aws/delete-fargate.ts';
import { bounds } from './workloads/hpa-bounds.ts';
import { nodeShell } from './pods/node-shell.ts';
import { pause, resume } from './workloads/pause.ts';
import { drain } from './nodes/drain.ts';
import { evict } from './nodes/evict.ts';
import { portForward } from './pods/port-forward.ts';
import { restart } from './workloads/restart.ts';
import { rollback } from './workloads/rollback.ts';
import { shell } from './pods/shell.ts';
import { scale } from './workloads/scale.ts';
import { scaleGroup } from './aws/scale-group.ts';
import { setImage } from './workloads/set-image.ts';
import { suspend, unsuspend } from './workloads/suspend.ts';
import { trigger } from './workloads/trigger.ts';
import { ssmSession } from './aws/ssm-session.ts';
import { repairGroup } from './aws/repair-group.ts';
import { upgradeCluster } from './aws/upgrade-cluster.ts';
import { updateGroup } from './aws/update-group.ts';
import { updateAddon } from './aws/update-addon.ts';
import { writeKubeconfig } from './aws/write-kubeconfig.ts';

/** Every action, in the order in which hints and help list them. */
export const ACTIONS: readonly AnyAction[] = [
  restart,
  scale,
  rollback,
  setImage,
  pause,
  resume,
  trigger,
  suspend,
  unsuspend,
  bounds,
  scaleGroup,
  updateGroup,
  repairGroup,
  upgradeCluster,
  createFargate,
  deleteFargate,
  updateAddon,
  bindRole,
  shell,
  attach,
  nodeShell,
  cordon,
  uncordon,
  drain,
  evict,
  portForward,
  copyFiles,
  ssmSession,
  editObject,
  writeKubeconfig,
  deleteObjects,
  apply,
];
