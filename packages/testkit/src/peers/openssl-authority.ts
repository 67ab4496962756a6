// An authority that openssl is: what it makes lies in a folder, as files.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './bench.ts'

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

/** Files of a certificate that openssl makes and signs for itself, for a TLS server, and of its key. */
export interface TlsFiles {
  readonly certificate: string
  readonly key: string
}

/** @param names as openssl writes a subjectAltName */
export function makeTlsFiles(folder: string, name = 'localhost', names = 'DNS:localhost'): TlsFiles {
  const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) }
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const wanted = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`]
  run('openssl', [...made, ...wanted, '-keyout', files.key, '-out', files.certificate], folder)
  return files
}
