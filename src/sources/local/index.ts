/** What of the machine itself the rest may use. */
export { absolutePath } from './absolute-path.ts';
export { localCopies } from './copies.ts';
export { findCommand } from './command-path.ts';
export { localPrograms, type HandOver } from './programs.ts';
export { editorOf } from './editor.ts';
export { userFiles } from './user-files.ts';
export { completePath, readManifests } from './manifest-files.ts';
