import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** Runs a program and returns what it printed. @throws Error when it fails */
export const run = (program: string, args: readonly string[], cwd: string, input?: string): string =>
  execFileSync(program, [...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(input ? { input } : {}),
  })

/** A folder that goes with the test. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'scel-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Whether a program is there; the test is skipped loudly when it is not. */
export function needs(t: TestContext, program: string, ...probe: readonly string[]): boolean {
  try {
    execFileSync(program, probe.length > 0 ? probe : ['version'], { stdio: 'ignore' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return true
    t.skip(`MISSING PROGRAM: ${program}`)
    return false
  }
}

/** A root made by openssl: `NAME.pem` and `NAME.key`. */
export function makeRoot(folder: string, name: string, subject = `/CN=${name}/O=Scel test`): string {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
  const extensions = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign']
  run(
    'openssl',
    ['req', '-x509', ...key, '-out', `${name}.pem`, '-days', '30', '-subj', subject, ...extensions],
    folder,
  )
  return join(folder, `${name}.pem`)
}

export interface LeafInput {
  readonly root: string
  readonly name: string
  /** Lines of an extension section. @default a TLS server for localhost */
  readonly extensions?: string
  readonly days?: readonly string[]
  /** Certificate request to sign; otherwise a key is made: `NAME.key`. */
  readonly request?: string
}

/** A certificate signed by a root of `makeRoot`: `NAME.pem`. */
export function makeLeaf(folder: string, { root, name, extensions, days, request }: LeafInput): string {
  const wanted = extensions ?? 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth'
  const leaf = wanted.includes('basicConstraints') ? '' : 'basicConstraints=CA:FALSE\n'
  writeFileSync(join(folder, `${name}.cnf`), `${leaf}${wanted}\n`)
  if (!request) {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
    run('openssl', ['req', '-new', ...key, '-out', `${name}.csr`, '-subj', `/CN=${name}`], folder)
  }
  const by = ['-CA', `${root}.pem`, '-CAkey', `${root}.key`, '-extfile', `${name}.cnf`, ...(days ?? ['-days', '10'])]
  run('openssl', ['x509', '-req', '-in', request ?? `${name}.csr`, '-out', `${name}.pem`, ...by], folder)
  return join(folder, `${name}.pem`)
}
