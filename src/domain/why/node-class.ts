/** What is wrong with the class that nodes are launched from. */
import { named, type Evidence, type World } from './finding.ts';

/** Null where it is ready, or not known; a pool of Auto Mode may be of a class that EKS keeps to itself. */
export function classTrouble(kind: string, name: string, world: World): Evidence | null {
  const isAuto = kind === 'NodeClass';
  const table = isAuto ? 'nodeclasses' : 'ec2nodeclasses';
  const row = world.named(table, '', name);
  if (row === null) {
    if (isAuto || name === '' || world.unread(table, '') !== '') return null;
    return { source: `ec2nodeclass ${name}`, text: `there is no node class ${name}` };
  }
  if (row.ready === 'True' || (row.ready !== 'False' && row.trouble === '')) return null;
  return {
    source: `${isAuto ? 'nodeclass' : 'ec2nodeclass'} ${name}`,
    text: row.trouble || 'it is not ready, and does not say why',
    about: named(isAuto ? 'NodeClass' : 'EC2NodeClass', row),
  };
}
