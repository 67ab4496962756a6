import type { Outside } from '../outside.ts'
import { linuxStore } from './linux.ts'
import { macosStore } from './macos.ts'
import { certutil, nssStore } from './nss.ts'
import { nssDatabases } from './nss-databases.ts'
import { missing, type RunTool, toolPresent } from './run-tool.ts'
import type { TrustStore } from './trust-store.ts'
import { windowsStore } from './windows.ts'

export { anchorOf, rootOfDesk, rootOfFile } from './root-source.ts'
export { runTool } from './run-tool.ts'
export type { Anchor, TrustStore } from './trust-store.ts'

/** The kinds of store that `--store` names, with the one meant when it is not given. */
export const STORE_KINDS: readonly TrustStore['kind'][] = ['nss', 'system']
export const defaultKind = (platform: NodeJS.Platform): TrustStore['kind'] =>
  platform === 'darwin' || platform === 'win32' ? 'system' : 'nss'

/** The stores of a kind on this machine, none where the platform has none. @throws tool_missing */
export async function trustStores(
  kind: TrustStore['kind'],
  outside: Pick<Outside, 'env' | 'home' | 'platform'>,
  run: RunTool,
): Promise<readonly TrustStore[]> {
  if (outside.platform === 'win32') return kind === 'system' ? [windowsStore(outside.env, run)] : []
  if (outside.platform === 'darwin') return kind === 'system' ? [macosStore(outside.home, run)] : []
  if (kind === 'system') return [await linuxStore(run)].filter((store) => store !== undefined)
  if (!(await toolPresent(run, certutil('-H')))) return missing(certutil())
  return (await nssDatabases(outside)).map((database) => nssStore(database, run))
}
