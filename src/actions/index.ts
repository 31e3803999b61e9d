import { attach } from './attach.ts';
import type { AnyAction } from './define.ts';
import { apply } from './apply.ts';
import { bindRole } from './bind-role.ts';
import { cordon, uncordon } from './cordon.ts';
import { copyFiles } from './copy-files.ts';
import { createFargate } from './create-fargate.ts';
import { deleteObjects } from './delete.ts';
import { editObject } from './edit.ts';
import { deleteFargate } from './delete-fargate.ts';
import { bounds } from './hpa-bounds.ts';
import { nodeShell } from './node-shell.ts';
import { pause, resume } from './pause.ts';
import { drain } from './drain.ts';
import { evict } from './evict.ts';
import { portForward } from './port-forward.ts';
import { restart } from './restart.ts';
import { rollback } from './rollback.ts';
import { shell } from './shell.ts';
import { scale } from './scale.ts';
import { scaleGroup } from './scale-group.ts';
import { setImage } from './set-image.ts';
import { suspend, unsuspend } from './suspend.ts';
import { trigger } from './trigger.ts';
import { ssmSession } from './ssm-session.ts';
import { writeKubeconfig } from './write-kubeconfig.ts';

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
  createFargate,
  deleteFargate,
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
